import pytest

from triage.engine import diagnose
from triage.engine.advice import examine
from triage.engine.context import NOTHING_KNOWN, Context


def examined(text, context=NOTHING_KNOWN):
    return examine(diagnose(text, context), context)


def advice_of(text, doctor, context=NOTHING_KNOWN):
    return [advice for advice in examined(text, context).advice if advice.doctor == doctor]


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
