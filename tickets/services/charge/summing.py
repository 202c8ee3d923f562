"""What the lines of one charge come to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tickets.models import ChargeLine

Kind = ChargeLine.Kind
LEADING = (Kind.SETTLE, Kind.RESERVE, Kind.REFUND)  # whose currency counts


@dataclass(frozen=True, slots=True)
class Sums:
    """None is not told. `due` is what was taken and not given back."""

    currency: str = ""
    reserved: Decimal | None = None
    settled: Decimal | None = None
    refunded: Decimal | None = None

    @property
    def due(self) -> Decimal | None:
        taken = self.reserved if self.settled is None else self.settled
        if taken is None:
            return None if self.refunded is None else Decimal(0)
        return max(Decimal(0), taken - (self.refunded or 0))


def sums_of(lines: Iterable[ChargeLine]) -> Sums:
    """A reservation or settlement told twice counts once: the largest. Refunds of different times add up.

    Lines in another currency than the settlement's are left out.
    """
    told = [line for line in lines if line.amount is not None]
    currency = next(
        (line.currency for kind in LEADING for line in told if line.kind == kind and line.currency), ""
    )
    counted = [line for line in told if line.currency in (currency, "")]
    refunds = {(line.at, line.amount): line.amount for line in counted if line.kind == Kind.REFUND}
    return Sums(
        currency,
        _largest(counted, Kind.RESERVE),
        _largest(counted, Kind.SETTLE),
        sum((amount or Decimal(0) for amount in refunds.values()), Decimal(0)) if refunds else None,
    )


def _largest(lines: list[ChargeLine], kind: Kind) -> Decimal | None:
    return max((line.amount or Decimal(0) for line in lines if line.kind == kind), default=None)
