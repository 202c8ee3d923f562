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
    ],
)
def test_other_words_pass(text):
    assert list(attachment_objections(text)) == []


@pytest.mark.parametrize("reply", load_catalogue().replies, ids=lambda reply: reply.id)
def test_no_canned_reply_speaks_of_a_file(reply):
    assert [*attachment_objections(reply.body.en), *attachment_objections(reply.body.zh)] == []
