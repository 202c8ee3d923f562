from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .ticket import Ticket
from .verdict import Verdict


class RuleFiringQuerySet(models.QuerySet["RuleFiring"]):
    def of(self, rule: str) -> Self:
        return self.filter(rule=rule)


class RuleFiring(models.Model):
    """That a rule fired in the engine's newest verdict on a ticket, and what a person then made of it."""

    class Outcome(models.TextChoices):
        OPEN = "", _("nobody decided")
        AGREED = "agreed", _("a person agreed")
        OVERRULED = "overruled", _("a person decided otherwise")

    rule = models.CharField(_("rule"), max_length=120)
    cause = models.CharField(_("cause"), max_length=60)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="rule_firings")
    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="firings")
    is_silenced = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)

    objects = RuleFiringQuerySet.as_manager()

    class Meta:
        verbose_name = _("firing of a rule")
        constraints = [models.UniqueConstraint(fields=["rule", "ticket"], name="rule_firing_once")]
        indexes = [
            models.Index(fields=["rule", "outcome", "-ticket"], name="rule_firing_record"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} on #{self.ticket_id}"
