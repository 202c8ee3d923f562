"""Published articles that a person should read again: the rules of their cause changed, or it is long ago."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from django.utils import timezone

from tickets.models import FaqEntry
from triage.engine.rule import RuleSet as Rules

from ..curation import curation_settings
from ..rule.digest import digests


class Why(StrEnum):
    RULES = "rules"
    AGE = "age"


def due_for_recheck(entries: Iterable[FaqEntry], *, judged_by: Rules | None = None) -> dict[int, Why]:
    """Which of these, by primary key, and why. A change of rules says more than age."""
    rules = digests(judged_by)
    oldest = timezone.now() - timedelta(days=curation_settings().recheck_days)
    found: dict[int, Why] = {}
    for entry in entries:
        if not entry.is_published:
            continue
        now = rules.get(entry.cause, "")
        if entry.cause and entry.rules_seen and entry.rules_seen != now:
            found[entry.pk] = Why.RULES
        elif (entry.verified_at or entry.published_at or entry.created_at) < oldest:
            found[entry.pk] = Why.AGE
    return found
