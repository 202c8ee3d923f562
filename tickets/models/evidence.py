from django.db import models
from django.utils.translation import gettext_lazy as _

from triage.engine.evidence import FIELDS, Field

from .message import Message
from .person import Person
from .ticket import Ticket


class EvidenceValue(models.Model):
    """One value of one evidence field, with where it was read. Rows are only added; one of a field is current."""

    class Origin(models.TextChoices):
        TEXT = "text", _("read from the text")
        CUSTOMER = "customer", _("told by the customer")
        GATEWAY = "gateway", _("gateway")
        API = "api", _("API")
        PASTED = "pasted", _("pasted by a person")
        PERSON = "person", _("set by a person")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="evidence")
    field = models.CharField(_("field"), max_length=20)
    value = models.JSONField(_("value"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    reader = models.CharField(_("reader"), max_length=40, blank=True)
    trust = models.FloatField(default=0.5)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    is_current = models.BooleanField(default=False)
    # Brought along by a merge; withdrawn when that was taken back, and never current again.
    brought_from = models.ForeignKey(
        Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence_given"
    )
    is_withdrawn = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("evidence value")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "field"],
                condition=models.Q(is_current=True),
                name="evidence_one_current_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}={self.value}"

    @property
    def definition(self) -> Field:
        return FIELDS[self.field]

    @property
    def is_final(self) -> bool:
        """A person's word wins for good; nothing read later replaces it."""
        return self.origin == self.Origin.PERSON

    @property
    def quoted(self) -> str:
        """The words it was read from."""
        if self.message is None or self.start is None or self.end is None:
            return ""
        return self.message.body[self.start : self.end]

    @property
    def line(self) -> int | None:
        """Line of the message that it was read from, counted from 1."""
        if self.message is None or self.start is None:
            return None
        return self.message.body.count("\n", 0, self.start) + 1
