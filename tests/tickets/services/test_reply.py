import pytest

from tests.factories import VAGUE, make_ticket
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
