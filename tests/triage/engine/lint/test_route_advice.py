"""No other route is advised before the affected group is confirmed."""

import pytest

from triage.engine.lint.reply import ADVISES_ROUTE, must_not_say

SAYS_EN = (
    "Please switch to another channel.",
    "Switch the route in the console.",
    "Try another line.",
    "Use a different route for now.",
    "We suggest changing the channel.",
    "You could use the backup line.",
    "Please move your traffic to the other upstream.",
    "We will switch your account to a different channel.",
    "Use channel 3 instead.",
    "Consider switching to another provider.",
    "Reroute your requests through the backup route.",
    "Try a different node.",
    "As a workaround, change your channel to B.",
    "Please select another upstream in the console.",
    "Have you tried switching to a different line?",
    "You may want to move to the backup node.",
    "Please go through another route until this is fixed.",
    "I have a tip: use one of the other channels.",
    "Set the channel to the backup pool and try again.",
    "Please use the fallback channel for now.",
    "I suggest you change to a different route.",
    "Could you move to line 2 and retry?",
    "Select the premium line in your settings.",
    "Point your key at another channel.",
)

SAYS_ZH = (
    "请切换线路。",
    "建议换个渠道试试",
    "您可以切换到备用渠道",
    "换条线路就好了",
    "请改用其他渠道",
    "可以走备用通道",
    "把渠道切到 B",
    "请在控制台更换线路",
    "试试其他线路",
    "我们帮您换到另一个渠道",
    "可以先用备用线路",
    "切换到官转渠道",
    "换到另外一条线路试试吧",
    "麻烦您更换一下渠道",
    "推荐使用备用线路",
    "可以把模型切换到其他渠道",
    "请选择其他线路",
    "先切到备用线路用着吧",
    "您试试换条线路",
    "建议改走官方渠道",
    "麻烦切一下渠道再试",
    "可以更换到稳定的线路",
)

FINE_EN = (
    "Put each header on a new line.",
    "Use a new line for each entry.",
    "Please do not switch the route for now.",
    "We have not switched any channel.",
    "Try another model.",
    "Use another key.",
    "Try another network.",
    "Use the command line.",
    "Change the last line of the file.",
    "The gateway chooses the channel by itself.",
    "No route change is needed.",
    "Use another account.",
    "The provider answered with an error.",
    "Choose the provider type in the settings.",
    "Switch streaming off.",
    "Change the base URL.",
    "There is no need to switch the channel.",
    "The engineers look at the channels of this model.",
    "A channel id in the log means the provider refused.",
    "Which channel does the log name?",
    "The route is down.",
    "The provider behind this model refuses requests.",
    "Your group has no channel for this model.",
    "Change the endpoint to /v1/responses.",
    "Send the request again later.",
    "An engineer checks the channel now.",
    "The channel that served this model is switched off.",
    "Please do not change anything on your side.",
    "The gateway tried three channels, and each one failed.",
    "Use the responses endpoint for this model.",
)

FINE_ZH = (
    "请不要切换线路",
    "暂时不需要更换渠道",
    "请换一个模型试试",
    "换一个密钥试试",
    "换一个网络试试",
    "目前没有可用渠道",
    "请更换密钥",
    "网关会自动切换渠道",
    "我们正在确认受影响的分组",
    "请在设置里选择与网关匹配的供应商类型。",
    "不建议切换渠道。",
    "请查看渠道状态",
    "该模型的渠道目前不可用",
    "日志里有渠道编号，说明是上游拒绝",
    "渠道已恢复",
    "这个线路出现故障，工程师正在处理",
    "更换上游供应商返回的链接",
    "工程师正在检查该渠道。",
    "网关尝试了三个渠道，都失败了。",
    "您这边不需要切换线路。",
    "请改用 responses 接口。",
    "该模型的渠道已被停用。",
)


@pytest.mark.parametrize("text", [*SAYS_EN, *SAYS_ZH])
def test_advising_a_route_is_held_back(text: str) -> None:
    assert ADVISES_ROUTE in codes(text)


@pytest.mark.parametrize("text", [*FINE_EN, *FINE_ZH])
def test_what_only_resembles_advising_a_route_may_be_said(text: str) -> None:
    assert ADVISES_ROUTE not in codes(text)


def codes(text: str) -> set[str]:
    return {objection.code for objection in must_not_say(text, {})}
