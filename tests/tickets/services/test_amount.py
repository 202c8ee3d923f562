from decimal import Decimal

import pytest

from tickets.services.amount import written


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.3", "0.30"), ("0.30000000", "0.30"), ("12", "12.00"), ("1E+2", "100.00"), ("0.000125", "0.000125")],
)
def test_a_sum_has_two_decimals_at_least_and_no_exponent(amount, shown):
    assert written(Decimal(amount)) == shown
