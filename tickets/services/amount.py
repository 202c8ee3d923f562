"""Sums of money as pages write them."""

from decimal import Decimal


def written(amount: Decimal) -> str:
    """With two decimals or as many as it has: 0.30 · 12.00 · 0.000125. Never with an exponent."""
    exact = amount.normalize()
    exponent = exact.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 0)
    return f"{exact:.{places}f}"
