import pytest

from tests.factories import VAGUE, make_ticket
from tickets.models import CannedReply, Language
from tickets.services.catalogue import load
from tickets.services.reply import suggested_replies
from triage.engine.catalogue.questions import load_questions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_reply_that_asks_names_each_missing_fact_as_a_question(language):
    load()
    ticket = make_ticket(VAGUE, language=language)

    (asking,) = [each for each in suggested_replies(ticket, limit=9) if each.reply.slug == "needs-evidence"]

    missing = ticket.current_verdict().trace["missing"]
    assert missing
    assert asking.gaps == ()
    for field in missing:
        assert load_questions()[field].in_language(language) in asking.text


def test_a_doubtful_verdict_offers_what_asks_and_the_runners_up():
    load()
    ticket = make_ticket("HTTP 429 Too Many Requests")

    offered = suggested_replies(ticket, limit=9)

    assert len({each.reply.cause for each in offered}) > 1
    assert all(each.reason for each in offered)


def test_the_most_sent_of_equal_replies_stands_first():
    load()
    ticket = make_ticket()
    first, second = (
        suggested_replies(ticket)[0].reply,
        CannedReply.objects.create(slug="own", cause=ticket.cause),
    )
    for language in Language:
        second.texts.create(language=language, title="Own words", body="Take out the second /v1.")
    CannedReply.objects.filter(pk=second.pk).update(times_sent=first.times_sent + 1)

    assert suggested_replies(ticket)[0].reply == second
