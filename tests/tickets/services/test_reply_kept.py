import pytest

from tests.factories import make_agent, make_ticket
from tickets.models import CannedReply, Language
from tickets.services.catalogue import load
from tickets.services.hold import release
from tickets.services.message import send_reply
from tickets.services.reply import suggested_replies
from tickets.services.reply_kept import left_of

pytestmark = pytest.mark.django_db
ORIGINAL = (
    "Hello {customer},\n\nthe base URL of your program ends in /v1 twice. Take one of them out, so that it reads "
    "{base_url}.\n\nThen send the request again. Nothing was charged for the failed one."
)
CHINESE = (
    "{customer}，您好：\n\n程序里的 base URL 末尾有两个 /v1。去掉其中一个后重新发送。\n\n失败的请求没有扣费。"
)


def filled(original):
    return original.replace("{customer}", "Lin").replace("{base_url}", "https://api.example.com/v1")


@pytest.mark.parametrize("original", [ORIGINAL, CHINESE])
@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text,
        lambda text: (
            f"{text}\n\nOne thing more: we look at the other ticket tomorrow. 另外，我们会再看另一张工单。"
        ),
        lambda text: text.replace("Nothing was charged for the failed one.", "").replace(
            "失败的请求没有扣费。", ""
        ),
        lambda text: text.replace("twice", "two times").replace("两个", "重复的"),
        lambda text: text.replace("\n\n", "\r\n\r\n"),
    ],
)
def test_a_reply_with_edits_or_more_sentences_is_still_that_reply(original, edit):
    assert left_of(original, edit(filled(original))) > 1 / 3


@pytest.mark.parametrize(
    ("original", "body"),
    [
        (ORIGINAL, "Hello Lin,\n\nwe have found the fault on our side and mended it. Please try once more."),
        (ORIGINAL, "the"),
        (ORIGINAL, "Nothing more to do, thank you for the log of the request that you sent us."),
        (CHINESE, "Lin，您好：\n\n问题在我们这边，已经修好，请您再试一次，谢谢您提供的日志。"),
        (CHINESE, "请"),
    ],
)
def test_own_words_are_another_text(original, body):
    assert left_of(original, body) < 1 / 3


def test_a_cleared_suggestion_gives_neither_its_name_nor_a_count_to_what_was_written_instead():
    load()
    ticket, agent = make_ticket(), make_agent(undo_seconds=0)
    suggested = suggested_replies(ticket)[0]

    own = send_reply(ticket, by=agent, body="We mended it on our side.", canned_reply=suggested.reply)
    as_offered = send_reply(ticket, by=agent, body=f"{suggested.text} Bye.", canned_reply=suggested.reply)

    assert (own.canned_reply, as_offered.canned_reply) == (None, suggested.reply)
    assert [event.data["canned_reply"] for event in ticket.events.filter(kind="replied")] == [
        None,
        suggested.reply.slug,
    ]
    for message in (own, as_offered):
        release(message.pk)
    assert CannedReply.objects.get(pk=suggested.reply.pk).times_sent == 1


def test_the_other_language_version_is_the_same_reply():
    reply = CannedReply.objects.create(slug="own", cause="unknown")
    for language, body in ((Language.ENGLISH, ORIGINAL), (Language.CHINESE, CHINESE)):
        reply.texts.create(language=language, title="Own", body=body)
    ticket = make_ticket()

    sent = send_reply(
        ticket, by=make_agent(), body=filled(CHINESE), canned_reply=reply, sure=["other_language"]
    )

    assert sent.canned_reply == reply
