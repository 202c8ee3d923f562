"""Money that goes back: proposed, approved by a second person over a limit, and its outcome outside."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class CompensationQuerySet(models.QuerySet["Compensation"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to compensation. Every role of the desk may read it."""
        return self if isinstance(person, Person) and person.is_active else self.none()

    def granted(self) -> Self:
        return self.filter(state__in=(Compensation.State.APPROVED, Compensation.State.CREDITED))

    def waiting_for(self, person: Person) -> Self:
        """Which this person might approve: all but the own ones."""
        return self.filter(state=Compensation.State.PROPOSED).exclude(proposed_by=person)


class Compensation(models.Model):
    """A refund or credit asked for on the evidence of charges. Nobody approves the own one; the database holds it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for approval")
        APPROVED = "approved", _("approved, not credited yet")
        CREDITED = "credited", _("credited")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    account = models.CharField(_("account"), max_length=200, blank=True)
    ticket = models.ForeignKey(
        Ticket, verbose_name=_("ticket"), on_delete=models.PROTECT, null=True, related_name="compensations"
    )
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=6)
    currency = models.CharField(_("currency"), max_length=8)
    reason = models.TextField(_("reason"), max_length=2000)
    evidence = models.TextField(_("evidence"), max_length=4000, blank=True)  # beside the charges
    needs_second = models.BooleanField(_("needs a second person"), default=True)
    proposed_by = models.ForeignKey(
        Person, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    approved_by = models.ForeignKey(
        Person, verbose_name=_("approved by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)
    reference = models.CharField(_("reference of the credit"), max_length=120, blank=True)
    because = models.CharField(_("why not"), max_length=1000, blank=True)

    objects = CompensationQuerySet.as_manager()

    class Meta:
        verbose_name = _("compensation")
        indexes = [
            models.Index(fields=["state", "-id"], name="compensation_state"),
            models.Index(fields=["account", "currency", "proposed_at"], name="compensation_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="compensation_amount"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="compensation_not_approved_by_proposer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "credited"))
                | Q(needs_second=False)
                | Q(approved_by__isnull=False),
                name="compensation_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="credited") | ~Q(reference=""), name="compensation_reference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.currency}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class CompensationLimit(models.Model):
    """Up to how much one person who approves may propose and grant alone. A currency without a row: nothing."""

    currency = models.CharField(_("currency"), max_length=8, unique=True)
    amount = models.DecimalField(
        _("limit"), validators=[MinValueValidator(0)], max_digits=16, decimal_places=6
    )

    class Meta:
        verbose_name = _("limit of compensation")
        ordering = ["currency"]

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.currency}"
