from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person, Role


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to incidents. Everybody of the desk but billing may read them."""
        if not isinstance(person, Person) or not person.is_active or person.role == Role.BILLING:
            return self.none()
        return self

    def open(self) -> Self:
        return self.exclude(state=Incident.State.RESOLVED)


class Incident(models.Model):
    """A provider, model or route failing for several accounts in one window; tickets attach to it."""

    class State(models.TextChoices):
        INVESTIGATING = "investigating", _("investigating")
        IDENTIFIED = "identified", _("identified")
        MONITORING = "monitoring", _("monitoring")
        RESOLVED = "resolved", _("resolved")

    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.INVESTIGATING)
    provider = models.CharField(_("provider"), max_length=80, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    route = models.CharField(_("route"), max_length=120, blank=True)
    fingerprint = models.CharField(_("error fingerprint"), max_length=16, blank=True)
    accounts = models.PositiveIntegerField(_("accounts"), default=0)  # when correlation opened it
    failures = models.PositiveIntegerField(_("failures"), default=0)
    reason = models.JSONField(_("why it opened"), null=True, editable=False)  # only of correlation
    opened_by = models.ForeignKey(
        Person, verbose_name=_("opened by"), on_delete=models.SET_NULL, null=True, blank=True
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    # One that turned out to be another keeps its history; it counts as resolved, and its tickets are of the other.
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="merged",
    )  # fmt: skip

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        indexes = [models.Index(fields=["state", "opened_at"], name="incident_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_resolved(self) -> bool:
        return self.state == self.State.RESOLVED


class IncidentChange(models.Model):
    """One line of an incident's own history. What it does to a ticket stands on that ticket's chain."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        STATE = "state", _("state set")
        ATTACHED = "attached", _("tickets attached")
        JOINED = "joined", _("ticket joined")
        DETACHED = "detached", _("ticket taken out")
        UPDATED = "updated", _("update sent")
        MERGED = "merged", _("merged into another")
        MERGED_IN = "merged_in", _("another merged in")
        UNMERGED = "unmerged", _("taken apart again")
        SPLIT_OFF = "split_off", _("tickets split off")
        SPLIT_FROM = "split_from", _("split off another")
        APART = "apart", _("kept apart")
        TOGETHER = "together", _("no longer kept apart")
        NOTICED = "noticed", _("official notice")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("state"), max_length=16, choices=Incident.State, blank=True)
    numbers = models.JSONField(default=list)  # of the tickets that it was about
    other = models.ForeignKey(Incident, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of an incident")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} on incident {self.incident_id}"
