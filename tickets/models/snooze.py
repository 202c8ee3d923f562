from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Snooze(models.Model):
    """A ticket put aside until a time, an answer, or the end of its incident. An answer always wakes it."""

    class Until(models.TextChoices):
        TIME = "time", _("a time")
        REPLY = "reply", _("the customer answers")
        INCIDENT = "incident", _("the incident ends")

    class Ended(models.TextChoices):
        TIME = "time", _("its time came")
        REPLY = "reply", _("the customer wrote")
        INCIDENT = "incident", _("the incident ended")
        PERSON = "person", _("a person woke it")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="snoozes")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="snoozes_made")
    until = models.CharField(_("until"), max_length=10, choices=Until)
    wakes_at = models.DateTimeField(_("wakes at"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=Ended, blank=True)

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        verbose_name = _("snooze")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(ended_at=None), name="snooze_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["wakes_at"], condition=models.Q(ended_at=None), name="snooze_wakes"),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} snoozed until {self.until}"
