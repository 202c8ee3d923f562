"""Tickets that are about a provider, as their evidence says."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery

from tickets.models import EvidenceValue

from .period import Period


def named_in(period: Period) -> Iterable[tuple[str, str, int]]:
    """Provider and model (or nothing) that tickets which came within the period name, and how many do."""
    named = _naming(period).annotate(model=Subquery(_models())).values("value", "model").order_by()
    counted = named.annotate(count=Count("pk")).values_list("value", "model", "count")
    return [(str(name), str(model or ""), count) for name, model, count in counted]


def times_of(period: Period, provider: str) -> Iterable[tuple[int, datetime]]:
    """Number and time of each."""
    return _naming(period).filter(value=provider).values_list("ticket", "ticket__created_at")


def numbers_behind(period: Period, provider: str, model: str | None) -> QuerySet[EvidenceValue, int]:
    """Their numbers. `model` may be any (None) or, where it is empty, none that is named."""
    named = _naming(period).filter(value=provider).annotate(model=Subquery(_models()))
    if model is not None:
        named = named.filter(model=model) if model else named.filter(model__isnull=True)
    return named.values_list("ticket", flat=True)


def _naming(period: Period) -> QuerySet[EvidenceValue]:
    return EvidenceValue.objects.filter(
        period.holds("ticket__created_at"), field="provider", is_current=True, ticket__merged_into=None
    )


def _models() -> QuerySet[EvidenceValue]:
    of_it = EvidenceValue.objects.filter(ticket=OuterRef("ticket"), field="model", is_current=True)
    return of_it.values("value")[:1]  # type: ignore[return-value]  # a column for a subquery
