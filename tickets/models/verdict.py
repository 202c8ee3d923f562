from django.db import models
from django.utils.translation import gettext_lazy as _

from triage.engine.verdict import Sureness

from .person import Person
from .ticket import Ticket, VerdictChoice


class Verdict(models.Model):
    """One judgement of a ticket, by the engine (`by` is empty) or by a person. Rows are only added."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(_("verdict"), max_length=20, choices=VerdictChoice)
    cause = models.CharField(_("cause"), max_length=60)
    layer = models.CharField(_("layer"), max_length=10)
    confidence = models.FloatField(_("confidence"))
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    reason = models.TextField(_("why"), blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )  # the engine's verdict that a person confirmed or overruled
    rule_set = models.CharField(_("rule set"), max_length=40, blank=True)
    text = models.TextField(blank=True)  # the redacted text that was judged; spans in `trace` point into it
    trace = models.JSONField(default=dict)  # shape: tickets.services.trace
    signals = models.JSONField(default=dict)  # what rules were asked about; shape: triage.engine.keep
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("verdict")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(is_current=True), name="verdict_one_current"
            ),
        ]
        indexes = [models.Index(fields=["cause", "created_at"], name="verdict_cause")]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.cause}) on #{self.ticket_id}"

    @property
    def sureness(self) -> Sureness:
        return Sureness.of(self.confidence)

    @property
    def is_by_engine(self) -> bool:
        return self.rule_set != ""
