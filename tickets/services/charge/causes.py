"""The cause of a kind of failure, as the engine reads one error of it."""

from functools import lru_cache

from django.conf import settings

from tickets.models import Failure, FailureKind
from tickets.services.catalogue import catalogue
from triage.engine import diagnose

UNKNOWN = "unknown"


def cause_of(failure_kind: int | None) -> str:
    return UNKNOWN if failure_kind is None else _judged(failure_kind, catalogue().rule_set.version)


@lru_cache(maxsize=2_000)
def _judged(failure_kind: int, version: str) -> str:
    """`version` of the rules: with others, it is judged anew."""
    newest = Failure.objects.filter(kind=failure_kind).select_related("kind").order_by("-occurred_at").first()
    if newest is not None:
        told = {
            "http_status": newest.http_status,
            "error_type": newest.error_type,
            "error_code": newest.error_code,
            "provider": newest.kind.provider,
            "model": newest.kind.model,
        }
        return cause_of_text(newest.raw_error, {field: value for field, value in told.items() if value})
    kind = FailureKind.objects.filter(pk=failure_kind).first()
    return cause_of_text(kind.words) if kind else UNKNOWN


def cause_of_text(text: str, known: dict[str, str | int | float | bool] | None = None) -> str:
    judged = diagnose(text, {}, catalogue().rule_set, pepper=settings.PEPPER, known=known or {})
    return judged.cause.slug
