import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.lint.attachment import attachment_objections


@pytest.mark.parametrize(
    "text",
    [
        "Please see attached.",
        "I attached the log of the request.",
        "Here it is. Attached you find the log.",
        "The attachment shows it.",
        "见附件。",
        "详情见附图。",
        "please find the file attached",
        "Log file attached",
        "the attached file shows the trace",
        "I am attaching the log",
        "I’ve attached it.",
        "We have also attached the log.",
        "The screenshot has been attached.",
        "I'm attaching the trace.",
        "Attaching the log here.",
        "I'll attach the log.",
        "Please find attached the log.",
        "Here is the screenshot.",
        "The log is attached to this mail.",
        "As the attached log shows, it failed.",
        "Please have a look at the attached screenshot.",
        "Trace attached.",
        "The log is attached",
        "Attached is the log",
        "I've attached it",
        "see the attachment",
        "enclosed is the log",
        "附上日志，请查收。",
        "日志已附上。",
        "我把日志附上了。",
        "随信附上日志。",
        "日志文件请查收。",
        "如图所示，请求失败。",
        "截图如下。",
        "我们附上了完整日志。",
        "现附上报告。",
        "日志见附后。",
        "详见附上的日志。",
        "已将日志附在邮件中。",
        "请查收文件。",
        "请看下图。",
        "请查看附件。",
        "见附件，请查收。",
        "我把文件附在这里了。",
        "Here you go, log attached!",
        "See the attached screenshot of your settings.",
    ],
)
def test_a_file_that_is_spoken_of_is_asked_for(text):
    assert [objection.code for objection in attachment_objections(text)][:1] == ["no_attachment"]


@pytest.mark.parametrize(
    "text",
    [
        "Shorten the history; attached files count as well.",
        "`attachment` is no parameter of this model.",
        "> see attached\n\nWe have read it.",
        "请附上请求 ID。",
        "the file you attached",
        "attach your log",
        "your attached log",
        "no file was attached to your message",
        "the policy attached to your key",
        "Please attach the log.",
        "You attached a file.",
        "Nothing is attached to your mail.",
        "If an image is attached, the request gets larger.",
        "A message with an image attached counts as more tokens.",
        "The log that you have attached shows it.",
        "Please send the log as an attachment.",
        "Your attachment shows the error.",
        "The value must be enclosed in quotes.",
        "Please check whether the file is attached.",
        "The limit attached to this key is 5 USD.",
        "We could not open the attachment you sent.",
        "您附上的日志显示超时。",
        "请在回复中附上日志。",
        "您发来的附件打不开。",
        "没有收到附件。",
        "请以附件形式发送日志。",
        "回复时附上请求 ID。",
        "您没有附上文件。",
        "请附上截图。",
        "如图像过大，请压缩。",
        "附加费用",
        "绑定在密钥上的策略",
    ],
)
def test_other_words_pass(text):
    assert list(attachment_objections(text)) == []


@pytest.mark.parametrize("reply", load_catalogue().replies, ids=lambda reply: reply.id)
def test_no_canned_reply_speaks_of_a_file(reply):
    assert [*attachment_objections(reply.body.en), *attachment_objections(reply.body.zh)] == []
