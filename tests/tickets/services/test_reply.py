import pytest

from tests.factories import VAGUE, make_admin, make_ticket
from tickets.models import CannedReply, GatewayModel, Language
from tickets.services.catalogue import load
from tickets.services.checks import objections_to
from tickets.services.evidence_request import request_text
from tickets.services.gateway_model import save_model
from tickets.services.missing import missing_facts
from tickets.services.reply import suggested_replies
from triage.engine.catalogue.questions import load_questions
from triage.engine.catalogue.replies import DOCTOR_PLACEHOLDERS

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


def test_the_reply_that_asks_and_the_strip_have_one_list():
    load()
    ticket = make_ticket(VAGUE)

    (asking,) = [each for each in suggested_replies(ticket, limit=9) if each.reply.slug == "needs-evidence"]

    assert asking.text == request_text(ticket, missing_facts(ticket, ticket.known_evidence()))
    assert "key_owner" in missing_facts(ticket, ticket.known_evidence())


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


WRONG_URL = (
    'base_url="http://api.gateway.invalid/v1/v1"\nHTTP/1.1 404 Not Found\n'
    '{"error":{"message":"Invalid URL (POST /v1/v1/chat/completions)","type":"invalid_request_error"}}'
)
NO_MODEL = (
    "HTTP/1.1 404\n"
    '{"error":{"message":"The model `gpt4o` does not exist","code":"model_not_found"},"model":"gpt4o"}'
)
OWN_PACE = (
    "HTTP/1.1 429 Too Many Requests\nretry-after: 90\n\n"
    '{"error":{"message":"用户请求频率超限，您的账户每分钟最多 60 次","code":"user_rate_limit"}}'
)
BAD_VALUE = (
    """curl https://api.gateway.invalid/v1/chat/completions -d '{"model":"gpt-4o","temperature":3,"""
    """"messages":[{"role":"user","content":"x"}]}'\nHTTP/1.1 400\n"""
    """{"error":{"message":"Invalid 'temperature': decimal above maximum value","code":"decimal_above_max_value"}}"""
)
CARRIES = {
    ("en", WRONG_URL): "1. Put exactly this line in its place: https://api.gateway.invalid/v1\n2. ",
    ("zh-hans", WRONG_URL): "1. 请原样改为这一行：https://api.gateway.invalid/v1\n2. ",
    ("en", NO_MODEL): "1. The nearest name that the gateway offers is gpt-4o.",
    ("zh-hans", NO_MODEL): "1. 网关提供的最接近的名称是 gpt-4o。",
    ("en", OWN_PACE): "1. Wait 90 seconds before the next attempt",
    ("zh-hans", OWN_PACE): "/tools/pacing/?wait=90\n3. ",
    ("en", BAD_VALUE): "1. In the request you sent we found: temperature must lie between 0 and 2.",
    ("zh-hans", BAD_VALUE): "1. 在您发送的请求里我们看到：temperature 应在 0 到 2 之间。",
}


@pytest.mark.parametrize(("language", "text"), CARRIES)
def test_the_first_reply_carries_what_the_doctor_found(language, text):
    load()
    save_model(GatewayModel(name="gpt-4o"), by=make_admin())

    first = suggested_replies(make_ticket(text, language=language))[0]

    assert CARRIES[language, text] in first.text
    assert first.gaps == ()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "text", [NO_MODEL, "404 Invalid URL (POST /v1/v1/chat/completions)", "429 rate limit reached"]
)
def test_without_a_doctors_word_no_blank_is_left(language, text):
    load()

    for reply in suggested_replies(make_ticket(text, language=language), limit=9):
        assert [name for name in DOCTOR_PLACEHOLDERS if f"{{{name}}}" in reply.text] == []
        assert not {gap.name for gap in reply.gaps} & DOCTOR_PLACEHOLDERS


def test_a_reply_with_links_and_lines_may_be_sent():
    load()
    save_model(GatewayModel(name="gpt-4o"), by=make_admin())
    for text in (WRONG_URL, NO_MODEL, OWN_PACE, BAD_VALUE):
        for language in Language.values:
            ticket = make_ticket(text, language=language)
            assert objections_to(ticket, suggested_replies(ticket)[0].text) == ()
