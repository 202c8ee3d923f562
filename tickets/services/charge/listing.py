"""Lists of charges: narrowed by what the address asks for, page by page, and their totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from tickets.models import Charge, Person
from tickets.models.charge import ChargeQuerySet
from tickets.services.paging import number_of

SIZE = 50
EXACT = ("provider", "cause", "model")
ALL = "all"
YEARS = range(1971, 9000)  # that every zone and database can work with
NONE = "none"  # in an address: where it is not known


@dataclass(frozen=True, slots=True)
class Total:
    """`unknown` charges have no amount and no price to estimate it by; `estimated` is the part that is guessed."""

    provider: str
    cause: str
    currency: str
    charges: int
    due: Decimal
    estimated: Decimal
    credited: Decimal
    unknown: int


def charges_of(person: Person, chosen: Mapping[str, Any]) -> ChargeQuerySet:
    charges = Charge.objects.visible_to(person)
    if chosen.get("state", ALL) != ALL:
        charges = charges.filter(state=chosen["state"])
    charges = charges.filter(**{field: _named(chosen[field]) for field in EXACT if field in chosen})
    if "account" in chosen:
        charges = charges.filter(account__iexact=chosen["account"])
    if "currency" in chosen:
        charges = charges.filter(currency=_named(chosen["currency"]).upper())
    bounds = {
        "least": "due__gte",
        "most": "due__lte",
        "since": "occurred_at__gte",
        "until": "occurred_at__lt",
    }
    return charges.filter(**{bound: chosen[name] for name, bound in bounds.items() if name in chosen})


def page_of(charges: ChargeQuerySet, *, after: str = "") -> tuple[list[Charge], str]:
    """The newest first, and the mark for the next page. A spoiled mark starts anew."""
    shown = charges.select_related("compensation").filter(_behind(after)).order_by("-occurred_at", "-pk")
    rows = list(shown[: SIZE + 1])
    if len(rows) <= SIZE:
        return rows, ""
    last = rows[SIZE - 1]
    return rows[:SIZE], f"{last.occurred_at.isoformat()}_{last.pk}"


def totals_of(charges: ChargeQuerySet, *, page: int = 1) -> tuple[list[Total], bool]:
    """One line for each provider, cause and currency, the most money first; and whether there are more."""
    by = ("provider", "cause", "currency")
    start = (page - 1) * SIZE
    counted = charges.values(*by).annotate(
        charges=Count("pk"),
        sum=Sum("due", default=Decimal(0)),
        estimated=Sum("due", filter=Q(is_estimate=True), default=Decimal(0)),
        given=Sum("credited", default=Decimal(0)),
        unknown=Count("pk", filter=Q(due=None)),
    )
    found = list(counted.order_by("-sum", *by)[start : start + SIZE + 1])
    lines = [
        Total(
            row["provider"], row["cause"], row["currency"], row["charges"], row["sum"], row["estimated"],
            row["given"], row["unknown"],
        )
        for row in found[:SIZE]
    ]  # fmt: skip
    return lines, len(found) > SIZE


def sums_of_all(charges: ChargeQuerySet) -> list[tuple[str, int, Decimal]]:
    """Currency, charges and what is due in it; one statement."""
    counted = charges.values("currency").annotate(charges=Count("pk"), sum=Sum("due", default=Decimal(0)))
    return [(row["currency"], row["charges"], row["sum"]) for row in counted.order_by("-charges", "currency")]


def _named(value: str) -> str:
    return "" if value == NONE else value


def _behind(mark: str) -> Q:
    moment, _, number = mark.partition("_")
    last = number_of(number)
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return Q()
    if last is None or at.tzinfo is None or at.year not in YEARS:
        return Q()
    return Q(occurred_at__lte=at) & (Q(occurred_at__lt=at) | Q(pk__lt=last))
