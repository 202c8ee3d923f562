from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .incident import Incident
from .person import Person, Role
from .ticket import Ticket
from .ticket_state import NO_DEADLINE


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to escalations. They quote evidence, so billing sees none."""
        if not isinstance(person, Person) or not person.is_active or person.role == Role.BILLING:
            return self.none()
        if not person.is_narrowed or person.role != Role.AGENT:
            return self
        return self.filter(ticket__in=Ticket.objects.visible_to(person))

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def by_review_point(self) -> Self:
        """The longest overdue first; what has no review point comes last."""
        return self.annotate(look_at=Coalesce("review_at", Value(NO_DEADLINE))).order_by("look_at", "pk")

    def overdue(self) -> Self:
        """Open, and the time of the next look is over."""
        return self.open().filter(review_at__lt=timezone.now())


class Escalation(models.Model):
    """A hand-off to an engineer. The card is filled from the evidence and completed by people."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        ACCEPTED = "accepted", _("taken")
        ASKED = "asked", _("back for evidence")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
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


class EscalationDecision(models.Model):
    """What an engineer decided at the gate. The last one is what counts."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("taken")
        KNOWN = "known", _("known already")
        NEED_EVIDENCE = "need_evidence", _("needs more evidence")
        DECLINED = "declined", _("declined")

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=14, choices=Kind)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    # What it is known from.
    incident = models.ForeignKey(Incident, on_delete=models.SET_NULL, null=True, related_name="+")
    other = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("decision on an escalation")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.escalation_id}"
