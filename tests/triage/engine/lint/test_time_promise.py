"""A time for a task is not promised while its state is unknown."""

import pytest

from triage.engine.lint.reply import PROMISES_TIME, must_not_say

SAYS_EN = (
    "Your video will be ready in 10 minutes.",
    "The task should be finished within the hour.",
    "The task should finish within 2 hours.",
    "It will be done by 5 pm.",
    "Your task will be completed tomorrow.",
    "It usually takes about 5 minutes.",
    "The queue takes 20 min at the moment.",
    "You will have your video in half an hour.",
    "ETA is 10 minutes.",
    "Estimated completion time: 15 minutes.",
    "There are 10 minutes left.",
    "In 10 minutes the video will be done.",
    "Give it 10 minutes and it will be there.",
    "Your image will be generated shortly.",
    "It will be ready soon.",
    "Done in 5 minutes.",
    "By tomorrow morning you will have the result.",
    "You can expect the result within 30 minutes.",
    "The video will be available at 18:00.",
    "Expect it in an hour.",
    "It'll be finished in a few minutes.",
    "The task is queued and should complete in 3-5 minutes.",
    "Wait about 10 minutes, then it will be ready.",
    "The task was accepted and will be done in 10 minutes.",
    "It has not failed and will be ready within an hour.",
    "To answer your question, it will be ready in 10 minutes.",
    "If the provider recovers, your video will be finished within 20 minutes.",
    "Don't worry, the video will be done by tonight.",
    "Your render should be through in roughly 15 minutes.",
    "Just wait, it will complete in 2 minutes.",
    "We expect it to be finished by 3 pm.",
    "The job will take 10 more minutes.",
    "You'll get the image within the next few minutes.",
    "The queue is moving and your turn comes in about 10 minutes.",
    "Your clip should be out of the queue within 15 minutes.",
    "We think it will finish around 16:00.",
    "It won't take longer than 10 minutes.",
    "Results usually arrive in under an hour.",
    "The render finishes at 3 pm.",
)

SAYS_ZH = (
    "任务需要等待大约 10 分钟。",
    "预计 10 分钟后完成。",
    "您的任务大约半小时内出结果。",
    "任务会在 30 分钟内完成",
    "马上就好了，请稍等，很快就能生成好。",
    "还需要 20 分钟左右",
    "视频明天上午就能出来",
    "预计完成时间：15:30",
    "排队时间大约 10 分钟",
    "最晚今晚完成",
    "再等 5 分钟就好",
    "任务很快就会完成。",
    "一般需要 3-5 分钟",
    "大概一个小时后就能拿到结果",
    "预计还要等两个小时",
    "今天下午3点前可以生成完",
    "十分钟左右出图",
    "没有问题，10 分钟内就能出来。",
    "不用担心，任务马上完成",
    "排队不长，大约再过十五分钟就能生成好",
    "请耐心等待，视频将在 1 小时内生成完成。",
    "您的任务前面还有 3 个，约 6 分钟后轮到您",
    "今天下班前一定能出结果",
    "我们保证 24 小时内完成您的视频任务。",
    "晚上8点之前会处理完",
    "很快就能看到结果了",
    "预计今晚 8 点出片",
    "不会超过 10 分钟就能好",
    "你的任务下一个就到，两分钟内搞定",
)

FINE_EN = (
    "We cannot say when it will be done.",
    "How long the queue is cannot be seen from here at the moment, so we name no time.",
    "We write here as soon as it changes.",
    "We will reply within 24 hours.",
    "Wait 20 s between attempts.",
    "Wait at least 10 minutes, then ask for the state.",
    "If it is not finished in 2 hours, write to us.",
    "The refund will be completed within 3 days.",
    "The request took 60 seconds.",
    "It stopped after 30 seconds.",
    "The task was finished 10 minutes ago.",
    "Nobody can promise that it will be ready by tomorrow.",
    "We cannot promise that it will be finished today.",
    "The time limit is 60 seconds.",
    "Raise the read time limit to 300 seconds.",
    "Send the request again in 5 minutes.",
    "The key expires in 10 days.",
    "The task is waiting; ask for its state every 30 seconds.",
    "You can see the state in the console at any time.",
    "The state was last read at 10:15.",
    "The task was submitted at 09:00 and has been waiting for 20 minutes.",
    "Results are kept for 24 hours.",
    "We check the state again tomorrow and write to you.",
    "Links expire after 2 hours.",
    "The position in the queue is 12.",
    "We look at it again at 16:00 and write to you.",
    "Tasks of this kind are queued at the provider, and no time can be named.",
    'The last state was "queued" at 10:20.',
    "The video is 10 seconds long.",
    "Please query the state no more than once every 10 seconds.",
)

FINE_ZH = (
    "等待 20 秒后原样重试，每次被拒后拉长间隔。",
    "目前看不到队列的长度，所以无法给出时间。",
    "无法预计任务何时完成。",
    "请等待 20 秒后再试。",
    "如果 2 小时后仍未完成，请回复我们。",
    "任务已于 10 分钟前完成。",
    "我们会在 24 小时内回复您。",
    "退款会在 3 个工作日内完成。",
    "不能承诺今天完成",
    "请把超时设置为 300 秒",
    "每次 60 秒就中断",
    "隔几分钟后再试一次",
    "状态有变化时，我们会在这里告知您。",
    "请求在 60 秒后超时。",
    "任务排队已超过 30 分钟，我们正在查询。",
    "请至少等待 10 分钟再查询状态。",
    "任务于 10:00 提交，目前仍在排队。",
    "结果保留 24 小时，请及时下载。",
    "我们明天再查一次状态并告知您。",
    "请每 30 秒查询一次",
    "链接 2 小时后失效。",
    "提交后已等待 20 分钟。",
    "超过 60 秒没有数据，连接就会断开。",
    "两次重试之间请等待20 秒，持续被拒时再拉长间隔。",
    "10 秒的视频需要使用 pro 模型。",
    "状态最后更新于 10:20。",
    "我们 16:00 再看一次并告知您。",
    "视频时长最多 10 秒。",
    "任务已排队 40 分钟，我们已升级给工程师。",
)


@pytest.mark.parametrize("text", [*SAYS_EN, *SAYS_ZH])
def test_a_promised_time_is_held_back(text: str) -> None:
    assert PROMISES_TIME in codes(text)


@pytest.mark.parametrize("text", [*FINE_EN, *FINE_ZH])
def test_what_only_resembles_a_promised_time_may_be_said(text: str) -> None:
    assert PROMISES_TIME not in codes(text)


def codes(text: str) -> set[str]:
    return {objection.code for objection in must_not_say(text, {})}
