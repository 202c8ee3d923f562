from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.cost import Price, PricedRequest, Unit, estimate

PRICES = {
    "gpt-4o": Price(Unit.PER_1M_TOKENS, Decimal("2.5"), output=Decimal(10)),
    "embed": Price(Unit.PER_1K_TOKENS, Decimal("0.1"), "CNY"),
    "suno": Price(Unit.PER_CALL, Decimal("0.4")),
    "kling": Price(Unit.PER_SECOND, Decimal("0.07")),
    "dall-e": Price(Unit.PER_IMAGE, Decimal("0.04")),
}


@pytest.mark.parametrize(
    ("request_", "amount"),
    [
        (PricedRequest("gpt-4o", 1000, 500), "0.0075"),
        (PricedRequest("GPT-4o", 1000, 500), "0.0075"),
        (PricedRequest("embed", 2000, 1000), "0.3"),
        (PricedRequest("suno"), "0.4"),
        (PricedRequest("kling", seconds=Decimal(5)), "0.35"),
        (PricedRequest("dall-e", images=3), "0.12"),
        (PricedRequest("gpt-4o", -1000, -500), "0"),
    ],
)
def test_one_request_costs_what_the_list_says(request_, amount):
    result = estimate([request_], PRICES)

    assert list(result.total.values()) == [Decimal(amount)]
    assert (result.failed, result.retried) == ({}, {})


def test_every_attempt_may_have_been_charged():
    result = estimate([PricedRequest("suno", failed=True, retries=2)], PRICES)

    assert result.total == {"USD": Decimal("1.2")}
    assert result.failed == {"USD": Decimal("1.2")}
    assert result.retried == {"USD": Decimal("0.8")}


def test_currencies_are_never_mixed():
    result = estimate([PricedRequest("suno", failed=True), PricedRequest("embed", 1000, failed=True)], PRICES)

    assert result.failed == {"USD": Decimal("0.4"), "CNY": Decimal("0.1")}
    assert "0.4 USD + 0.1 CNY" in result.explanation.en


def test_a_missing_price_is_stated_and_not_guessed():
    result = estimate([PricedRequest("new-model", 10), PricedRequest("new-model", 10)], PRICES)

    assert (result.total, result.unpriced) == ({}, ("new-model",))
    assert "No price is known for 1 model:" in result.explanation.en
    assert "1 个模型没有价格" in result.explanation.zh


def test_nothing_costs_nothing():
    assert estimate([], PRICES).explanation.zh.startswith("若每次尝试都扣费，失败请求最多 0")


def test_small_amounts_keep_their_places_without_zeros():
    result = estimate([PricedRequest("gpt-4o", 1, failed=True)], PRICES)

    assert "0.000003 USD" in result.explanation.en or "0.000002 USD" in result.explanation.en


counts = st.integers(0, 10**9)


@given(
    st.lists(st.builds(PricedRequest, st.sampled_from([*PRICES, "?"]), counts, counts, failed=st.booleans()))
)
def test_the_failed_part_is_never_more_than_the_whole(requests):
    result = estimate(requests, PRICES)

    assert all(amount <= result.total[currency] for currency, amount in result.failed.items())
