from decimal import Decimal

import pytest

from triage.engine.doctors.cost import Price, Unit
from triage.engine.doctors.request_cost import request_cost
from triage.engine.doctors.token_estimate import TokenEstimate
from triage.engine.doctors.usage import Usage, read_usage

BY_TOKEN = {"gpt-4o": Price(Unit.PER_1M_TOKENS, Decimal("2.5"), "USD", Decimal(10))}
SENT = TokenEstimate(800, 900, 1000)


def cost(values, body=None, sent=None, text="", prices=BY_TOKEN):
    found = request_cost({"model": "gpt-4o", **values}, body or {}, sent, text, prices)
    return found and found.en


def test_counts_of_the_answer_outrank_the_estimate():
    told = cost(
        {"retries": 2}, sent=SENT, text='"usage":{"prompt_tokens":1000000,"completion_tokens":100000}'
    )

    assert told == (
        "At most 10.5 USD for failed attempts, 7 USD for repetitions, if every attempt was charged; the "
        "gateway's records decide. The answer states 1,000,000 tokens in and 100,000 out."
    )


def test_without_counts_the_request_itself_is_reckoned():
    assert cost({}, {"max_tokens": 100}, SENT).startswith("At most 0.0035 USD for failed attempts, 0 for")
    assert cost({}, {}, SENT).endswith("what was generated before it failed comes on top.")


@pytest.mark.parametrize(
    ("price", "body", "amount"),
    [
        (Price(Unit.PER_CALL, Decimal("0.3"), "CNY"), {}, "0.3 CNY"),
        (Price(Unit.PER_SECOND, Decimal("0.1")), {"duration": 5}, "0.5 USD"),
        (Price(Unit.PER_SECOND, Decimal("0.1")), {"seconds": "8"}, "0.8 USD"),
        (Price(Unit.PER_IMAGE, Decimal("0.04")), {"n": 3}, "0.12 USD"),
        (Price(Unit.PER_IMAGE, Decimal("0.04")), {}, "0.04 USD"),
    ],
)
def test_calls_seconds_and_images_are_priced(price, body, amount):
    assert cost({}, body, prices={"GPT-4o": price}).startswith(f"At most {amount} for failed attempts")


@pytest.mark.parametrize(
    ("values", "body", "prices"),
    [
        ({}, {}, BY_TOKEN),
        ({"model": "other"}, {"n": 1}, {"gpt-4o": Price(Unit.PER_CALL, Decimal(1))}),
        ({}, {"seconds": "long"}, {"gpt-4o": Price(Unit.PER_SECOND, Decimal(1))}),
        ({}, {"seconds": True}, {"gpt-4o": Price(Unit.PER_SECOND, Decimal(1))}),
        ({}, {"seconds": 1e300}, {"gpt-4o": Price(Unit.PER_SECOND, Decimal(1))}),
    ],
)
def test_what_is_not_known_is_not_priced(values, body, prices):
    assert cost(values, body, prices=prices) is None


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ('{"usage":{"prompt_tokens": 12, "completion_tokens": 3}}', Usage(12, 3)),
        ('{"usage":{"input_tokens":12,"output_tokens":3}}', Usage(12, 3)),
        ('"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":3}', Usage(12, 3)),
        ("prompt_tokens=12", Usage(12, 0)),
        ('{\\"prompt_tokens\\": 5} {"prompt_tokens": 12}', Usage(12, 0)),
        ("max_tokens: 4096", None),
        ("nothing", None),
    ],
)
def test_usage_is_read_in_every_format(text, usage):
    assert read_usage(text) == usage
