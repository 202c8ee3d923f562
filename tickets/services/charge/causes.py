"""The cause of a kind of failure, as the engine reads one error of it."""

from django.conf import settings

from tickets.models import Failure, FailureKind
from triage.engine import diagnose
from triage.engine.rule import RuleSet

UNKNOWN = "unknown"
MOST_KEPT = 2_000

_causes: dict[tuple[int, str], str] = {}


def cause_of(failure_kind: int | None, rules: RuleSet) -> str:
    """Judged once in each process for each version of the rules."""
    if failure_kind is None:
        return UNKNOWN
    known = (failure_kind, rules.version)
    if known not in _causes:
        while len(_causes) >= MOST_KEPT:
            _causes.pop(next(iter(_causes)), None)
        _causes[known] = _judged(failure_kind, rules)
    return _causes[known]


def _judged(failure_kind: int, rules: RuleSet) -> str:
    newest = Failure.objects.filter(kind=failure_kind).select_related("kind").order_by("-occurred_at").first()
    if newest is None:
        kind = FailureKind.objects.filter(pk=failure_kind).first()
        return _cause_in(kind.words, {}, rules) if kind else UNKNOWN
    told = {
        "http_status": newest.http_status,
        "error_type": newest.error_type,
        "error_code": newest.error_code,
        "provider": newest.kind.provider,
        "model": newest.kind.model,
    }
    return _cause_in(newest.raw_error, {field: value for field, value in told.items() if value}, rules)


def _cause_in(text: str, known: dict[str, str | int], rules: RuleSet) -> str:
    return diagnose(text, {}, rules, pepper=settings.PEPPER, known=known).cause.slug
