"""What the public status page tells: incidents by the updates that were published, nothing else of them.

A title of the desk, a route, an account, a person are never part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tickets.models import Incident, IncidentUpdate

DAYS = 90
MOST = 1000  # updates that are read
State = Incident.State
OPERATIONAL, DEGRADED, PARTIAL, MAJOR = (
    "operational",
    "degraded_performance",
    "partial_outage",
    "major_outage",
)
WORST_LAST = (OPERATIONAL, DEGRADED, PARTIAL, MAJOR)
INDICATORS = {OPERATIONAL: "none", DEGRADED: "minor", PARTIAL: "minor", MAJOR: "major"}


@dataclass(frozen=True, slots=True)
class Line:
    pk: int
    state: str
    text: str
    language: str
    at: datetime


@dataclass(slots=True)
class Trouble:
    """An incident as the public sees it; its lines are the oldest first."""

    pk: int
    subject: str
    state: str
    is_wide: bool  # a whole provider, or nobody knows how much
    started_at: datetime
    resolved_at: datetime | None
    lines: list[Line] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.state == State.RESOLVED

    @property
    def impact(self) -> str:
        return "major" if self.is_wide else "minor"

    @property
    def changed_at(self) -> datetime:
        return max(filter(None, (self.lines[-1].at, self.resolved_at)))

    @property
    def monitoring_at(self) -> datetime | None:
        return next((line.at for line in self.lines if line.state == State.MONITORING), None)

    @property
    def component_state(self) -> str:
        if self.is_over:
            return OPERATIONAL
        if self.state == State.MONITORING:
            return DEGRADED
        return MAJOR if self.is_wide else PARTIAL


@dataclass(frozen=True, slots=True)
class Component:
    """What may fail by itself: the gateway as a whole, and each model or provider that an incident named."""

    key: str
    name: str
    state: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """`troubles` are the newest first."""

    troubles: list[Trouble]
    components: list[Component]

    @property
    def unresolved(self) -> list[Trouble]:
        return [trouble for trouble in self.troubles if not trouble.is_over]

    @property
    def past(self) -> list[Trouble]:
        return [trouble for trouble in self.troubles if trouble.is_over]

    @property
    def state(self) -> str:
        return max((component.state for component in self.components), key=WORST_LAST.index)

    @property
    def indicator(self) -> str:
        return INDICATORS[self.state]

    @property
    def changed_at(self) -> datetime | None:
        return max((trouble.changed_at for trouble in self.troubles), default=None)


def public_status(language: str) -> PublicStatus:
    """With each text in this language where there is one. Two statements at most."""
    troubles = _troubles(language)
    return PublicStatus(troubles, _components(troubles))


def _troubles(language: str) -> list[Trouble]:
    lately = Q(created_at__gte=timezone.now() - timedelta(days=DAYS))
    is_open = ~Q(incident__state=State.RESOLVED) | Q(incident__merged_into__isnull=False)
    updates = IncidentUpdate.objects.filter(lately | is_open, is_public=True)
    found: dict[int, Trouble] = {}
    newest = updates.select_related("incident__merged_into").order_by("-created_at", "-pk")[:MOST]
    for update in reversed(newest):
        incident = update.incident.merged_into or update.incident
        trouble = found.setdefault(incident.pk, _trouble(incident))
        trouble.lines.append(_line(update, language))
    shown = [trouble for trouble in found.values() if not trouble.is_over or _is_recent(trouble)]
    return sorted(shown, key=lambda trouble: (trouble.started_at, trouble.pk), reverse=True)


def _trouble(incident: Incident) -> Trouble:
    return Trouble(
        pk=incident.pk,
        subject=incident.model or incident.provider,
        state=incident.state,
        is_wide=not incident.model and not incident.route,
        started_at=incident.opened_at,
        resolved_at=incident.resolved_at,
    )


def _line(update: IncidentUpdate, language: str) -> Line:
    texts = update.texts
    chosen = language if language in texts else next(iter(texts))
    return Line(update.pk, update.state, texts[chosen], chosen, update.created_at)


def _is_recent(trouble: Trouble) -> bool:
    return trouble.changed_at >= timezone.now() - timedelta(days=DAYS)


def _components(troubles: Iterable[Trouble]) -> list[Component]:
    by_subject: dict[str, list[Trouble]] = {"": []}
    for trouble in troubles:
        by_subject.setdefault(trouble.subject, []).append(trouble)
    return [
        Component(
            key=slugify(subject) or "gateway",
            name=subject or _("Gateway"),
            state=max((each.component_state for each in told), key=WORST_LAST.index, default=OPERATIONAL),
            changed_at=max((each.changed_at for each in told), default=None),
        )
        for subject, told in sorted(by_subject.items())
    ]
