from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Language, Person
from .reply import CannedReply
from .ticket import Ticket


class Message(models.Model):
    """One turn of a ticket's conversation. The body is redacted before it gets here."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("customer")
        REPLY = "reply", _("reply")
        NOTE = "note", _("internal note")
        EVIDENCE = "evidence", _("pasted evidence")  # a log, a HAR, …: read like the customer's words

    READ = (Kind.CUSTOMER, Kind.EVIDENCE)  # what the engine judges

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    body = models.TextField(_("text"))
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    source = models.CharField(max_length=8, choices=Ticket.Source, default=Ticket.Source.FORM)
    canned_reply = models.ForeignKey(CannedReply, on_delete=models.SET_NULL, null=True, blank=True)
    was_cut = models.BooleanField(_("shortened to the size limit"), default=False)
    redactions = models.PositiveSmallIntegerField(_("values masked"), default=0)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["ticket", "created_at"], name="message_of_ticket")]

    def __str__(self) -> str:
        return f"{self.kind} on #{self.ticket_id}"

    @property
    def is_public(self) -> bool:
        """Whether the customer may read it."""
        if self.kind == self.Kind.EVIDENCE:
            return self.source != Ticket.Source.AGENT
        return self.kind != self.Kind.NOTE
