from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import Person, Role
from .ticket import Ticket


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to escalations. They quote evidence, so billing sees none."""
        if not isinstance(person, Person) or not person.is_active or person.role == Role.BILLING:
            return self.none()
        return self

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def overdue(self) -> Self:
        """Open, and the time of the next look is over."""
        return self.open().filter(review_at__lt=timezone.now())


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
    review_at = models.DateTimeField(_("next review point"), null=True, blank=True)
    next_review = models.CharField(_("what to look at then"), max_length=120, blank=True)
    reminded_for = models.DateTimeField(
        null=True, blank=True
    )  # the review point that was told to be over, once
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
        indexes = [
            models.Index(fields=["review_at"], condition=models.Q(closed_at=None), name="escalation_review"),
        ]

    def __str__(self) -> str:
        return f"escalation of #{self.ticket_id}"

    @property
    def is_overdue(self) -> bool:
        return self.closed_at is None and self.review_at is not None and self.review_at < timezone.now()
