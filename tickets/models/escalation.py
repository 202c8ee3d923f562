from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Escalation(models.Model):
    """A hand-off to an engineer. The card is filled from the evidence and completed by people."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="escalations")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="escalations_made")
    reason = models.TextField(_("why"))
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="escalations_owned"
    )
    current_state = models.TextField(_("current state"), blank=True)
    symptom = models.TextField(_("user-visible symptom"), blank=True)
    last_good_at = models.CharField(_("last known good time"), max_length=120, blank=True)
    reproduction = models.TextField(_("reproduction step"), blank=True)
    mitigation = models.TextField(_("mitigation"), blank=True)
    next_review = models.CharField(_("next review point"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(closed_at=None), name="escalation_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"escalation of #{self.ticket_id}"
