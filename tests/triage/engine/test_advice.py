from datetime import date
from decimal import Decimal

import pytest

from triage.engine import diagnose
from triage.engine.advice import examine
from triage.engine.context import NOTHING_KNOWN, Context
from triage.engine.doctors.cost import Price, Unit
from triage.engine.doctors.offer import NOTHING_LISTED, Offer
from triage.engine.doctors.retired_models import RetiredModel


def examined(text, context=NOTHING_KNOWN, offer=NOTHING_LISTED):
    return examine(diagnose(text, context), context, offer)


def advice_of(text, doctor, context=NOTHING_KNOWN, offer=NOTHING_LISTED):
    return [advice for advice in examined(text, context, offer).advice if advice.doctor == doctor]


def test_a_doubled_path_is_corrected():
    (advice,) = advice_of('404 Invalid URL\nbase_url="https://api.gateway.invalid/v1/v1"', "base_url")

    assert advice.line == "https://api.gateway.invalid/v1"


def test_a_misspelt_model_gets_the_nearest_offered_name():
    context = Context.from_dict({"models": ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5"]})
    text = '{"error":{"message":"The model `gpt4o-mini` does not exist","code":"model_not_found"},"model":"gpt4o-mini"}'

    (advice,) = advice_of(text, "model_name", context)

    assert advice.line == "gpt-4o-mini"


def test_a_limit_says_how_long_to_wait_and_how_to_retry():
    (advice,) = advice_of(
        "HTTP/1.1 429 Too Many Requests\nretry-after: 20\n\nRate limit reached", "rate_limit"
    )

    assert (advice.retry, advice.wait) == (True, 20)


@pytest.mark.parametrize(
    "text", ["", "it does not work", '{"error":{"message":"用户额度不足","code":"insufficient_user_quota"}}']
)
def test_nothing_is_advised_where_nothing_is_wrong(text):
    assert examined(text).advice == ()


def test_a_chain_of_relays_is_split_into_stations():
    text = (
        "upstream error: overloaded (request id: 20260101101010123456789aaaabbbb)"
        " (request id: 20260101101011123456789ccccdddd)"
    )

    stations = [str(hop.stage) for hop in examined(text).hops]

    assert stations[:3] == ["client", "gateway", "reseller"]


def test_safe_requests_never_hold_a_key_or_prompt():
    text = (
        'curl -H "Authorization: Bearer sk-'
        + "a1B2" * 12
        + '" -d \'{"model":"gpt-4o","messages":[{"content":"my prompt"}]}\''
    )

    commands = " ".join(step.curl for step in examined(text).safe_steps)

    assert "$API_KEY" in commands
    assert "my prompt" not in commands
    assert "a1B2" not in commands


NO_MODEL = '{"error":{"message":"The model `%s` does not exist","code":"model_not_found"},"model":"%s"}'


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ("4o", "gpt-4o", "This is a short or everyday name"),
        ("gpt4o-mini", "gpt-4o-mini", "Only hyphens, dots or spaces differ."),
        ("demo-old", "", "The gateway no longer offers demo-old; it was withdrawn on 2026-05-01."),
    ],
)
def test_the_operators_list_names_what_was_meant(written, line, words):
    offer = Offer(
        names=("gpt-4o", "gpt-4o-mini"),
        aliases={"4o": "gpt-4o"},
        retired={"demo-old": RetiredModel("demo-old", date(2026, 5, 1), "", by_maker=False)},
    )

    (advice,) = advice_of(NO_MODEL % (written, written), "model_name", offer=offer)

    assert (advice.line, advice.words.en[: len(words)]) == (line, words)


def test_what_the_caller_knows_of_the_key_outranks_the_operators_list():
    context = Context.from_dict({"models": ["demo-a"]})

    (advice,) = advice_of(NO_MODEL % ("demoa", "demoa"), "model_name", context, Offer(names=("demoa",)))

    assert advice.line == "demo-a"


def test_a_pasted_body_is_checked_with_the_place_of_each_finding():
    text = (
        "curl https://gateway.invalid/v1/chat/completions -d "
        '\'{"model":"o3","max_tokens":5,"temperature":3,"messages":[{"role":"user","content":"my prompt"}]}\''
        "\nHTTP/1.1 400 Bad Request\nUnsupported parameter"
    )

    (advice,) = advice_of(text, "request")

    assert [(point.place, point.state) for point in advice.points] == [
        ("temperature", "error"),
        ("max_tokens", "error"),
        ("temperature", "warning"),
    ]
    assert "my prompt" not in str(advice)


def test_a_sound_body_is_not_spoken_of():
    text = '{"model":"gpt-4o","messages":[{"role":"user","content":"x"}]}\nHTTP/1.1 500'

    assert advice_of(text, "request") == []


def test_the_way_of_a_task_shows_what_is_missing():
    context = Context.from_dict({"task": {"state": "succeeded"}})
    text = '{"task_id":"task_abc123def456","status":"processing"} the video never arrives'

    (advice,) = advice_of(text, "task", context)

    assert [(point.words.en, point.state) for point in advice.points] == [
        ("Submitted", "seen"),
        ("In the queue", "not_seen"),
        ("Being made", "seen"),
        ("Finished", "seen"),
        ("Downloaded", "not_seen"),
    ]
    assert advice.words.en.startswith("The task is finished, but its result was not fetched yet.")


def test_a_program_that_gave_up_is_told_that_the_task_goes_on():
    context = Context.from_dict({"task": {"state": "running"}})

    (advice,) = advice_of('{"task_id":"task_abc123def456","status":"failed"}', "task", context)

    assert advice.words.en.startswith("Your program stopped waiting, but the task goes on.")


PRICES = Offer(prices={"gpt-4o": Price(Unit.PER_CALL, Decimal("0.3"), "CNY")})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"model":"gpt-4o"} HTTP/1.1 502 Bad Gateway', 1),
        ('{"model":"gpt-4o"} HTTP/1.1 502 Bad Gateway, not charged', 0),
        ('{"model":"gpt-4o"} HTTP/1.1 401 Unauthorized', 0),
        ('{"model":"other"} HTTP/1.1 502 Bad Gateway', 0),
    ],
)
def test_a_cost_is_told_where_something_may_have_been_charged(text, told):
    assert len(advice_of(text, "cost", offer=PRICES)) == told


def test_no_cost_is_told_without_prices():
    assert advice_of('{"model":"gpt-4o"} HTTP/1.1 502 Bad Gateway', "cost") == []


TOO_LONG = (
    '{"model":"gpt-4o","messages":[{"role":"user","content":"%s"}]}\nHTTP/1.1 400\n'
    '{"error":{"message":"This model\'s maximum context length is 500 tokens. However, your messages resulted in '
    '700 tokens.","code":"context_length_exceeded"}}'
) % ("word " * 700)


def test_a_request_that_is_too_long_gets_its_length_estimated():
    (advice,) = advice_of(TOO_LONG, "tokens")

    assert advice.words.en.startswith("The pasted request has about 700 tokens, between 525 and 980.")
    assert "word" not in advice.words.en.replace("words", "")


def test_length_is_not_spoken_of_where_nobody_doubts_it():
    assert advice_of(TOO_LONG.split("HTTP")[0] + "HTTP/1.1 401 invalid_api_key", "tokens") == []
