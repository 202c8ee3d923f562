from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .ticket import Ticket, VerdictChoice


def closed_all_week() -> list[list[list[int]]]:
    return [[] for _day in range(7)]


class BusinessCalendar(models.Model):
    """When somebody works. Shape of `hours`: for Monday to Sunday, [start, end] in minutes after midnight.

    A shift over midnight belongs to the day on which it begins; its end is above 1440.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    always_open = models.BooleanField(_("always open"), default=False)
    hours = models.JSONField(_("hours"), default=closed_all_week)

    class Meta:
        verbose_name = _("business calendar")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day of a calendar on which nobody works."""

    calendar = models.ForeignKey(BusinessCalendar, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("holiday")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class SlaKind(models.TextChoices):
    FIRST_REPLY = "first_reply", _("first reply")
    NEXT_REPLY = "next_reply", _("next reply")
    SOLVE = "solve", _("solution")


class SlaPolicyQuerySet(models.QuerySet["SlaPolicy"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class SlaPolicy(models.Model):
    """How soon a customer hears from us. The first one, by position, that fits a ticket applies to it."""

    name = models.CharField(_("name"), max_length=80)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    # What a ticket must be; empty fits every ticket.
    verdict = models.CharField(_("verdict"), max_length=20, choices=VerdictChoice, blank=True)
    tier = models.CharField(_("customer tier"), max_length=40, blank=True)
    calendar = models.ForeignKey(
        BusinessCalendar, verbose_name=_("calendar"), on_delete=models.PROTECT, related_name="policies"
    )
    # Minutes of the calendar's hours; empty promises nothing.
    first_reply = models.PositiveIntegerField(_("first reply within"), null=True, blank=True)
    next_reply = models.PositiveIntegerField(_("next reply within"), null=True, blank=True)
    solve = models.PositiveIntegerField(_("solution within"), null=True, blank=True)
    pauses = models.BooleanField(_("stands still while we wait for the customer"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SlaPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("service level")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """In the reader's language."""
        return self.name_zh if self.name_zh and (get_language() or "").startswith("zh") else self.name

    def promise(self, kind: str) -> timedelta | None:
        minutes = {
            SlaKind.FIRST_REPLY: self.first_reply,
            SlaKind.NEXT_REPLY: self.next_reply,
            SlaKind.SOLVE: self.solve,
        }[SlaKind(kind)]
        return None if minutes is None else timedelta(minutes=minutes)


class SlaClockQuerySet(models.QuerySet["SlaClock"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class SlaClock(models.Model):
    """One promise to a customer, running, paused or ended. `services.clock.restate` keeps it true.

    The time used so far is `spent` and, while it runs, the business time since `running_since`.
    """

    class Pause(models.TextChoices):
        CUSTOMER = "customer", _("waiting for the customer")
        SNOOZE = "snooze", _("snoozed until the customer answers")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(_("for"), max_length=12, choices=SlaKind)
    # None where the policy that applies now promises nothing of this kind.
    policy = models.ForeignKey(SlaPolicy, on_delete=models.SET_NULL, null=True, related_name="clocks")
    promised = models.DurationField(_("promised"), null=True)
    spent = models.DurationField(_("time used"), default=timedelta)
    started_at = models.DateTimeField(_("started"))
    running_since = models.DateTimeField(_("running since"), null=True)
    pause = models.CharField(_("paused because"), max_length=10, choices=Pause, blank=True)
    due_at = models.DateTimeField(_("due"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    breached_at = models.DateTimeField(_("missed"), null=True)  # the deadline that passed, told once

    objects = SlaClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("service level clock")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind"], condition=models.Q(ended_at=None), name="sla_clock_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(ended_at=None, breached_at=None, due_at__isnull=False),
                name="sla_clock_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of #{self.ticket_id}"

    @property
    def left(self) -> timedelta | None:
        """Business time left of a paused clock."""
        return None if self.promised is None else self.promised - self.spent
