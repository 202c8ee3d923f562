from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import Language, Person
from .reply import CannedReply
from .ticket import Ticket


class MessageQuerySet(models.QuerySet["Message"]):
    def public(self) -> Self:
        """What the customer may read: the only door for their page, the API and mail."""
        own_files = models.Q(kind=Message.Kind.EVIDENCE) & ~models.Q(source=Ticket.Source.AGENT)
        return self.filter(models.Q(kind__in=PUBLIC) | own_files, held_until=None, recalled_at=None)

    def kept(self) -> Self:
        """What the desk reads: all but replies that were taken back before they went out."""
        return self.filter(recalled_at=None)

    def held(self) -> Self:
        """Sent, and still to be taken back: their release has not come yet."""
        return self.filter(recalled_at=None).exclude(held_until=None)


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
    # Frozen when it was sent: whatever changes on the ticket later, it goes to nobody else.
    recipients = models.JSONField(_("recipients"), default=list, blank=True)
    # The release clears it, in one statement that a taking back cannot pass: until then nobody outside sees it.
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    recalled_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    # What the sending changed, so that taking it back can put it back. Shape: see `services/hold.py`.
    before = models.JSONField(default=dict, blank=True)
    # A canned reply: resolved after it (True), opened again by the customer since (False), not known yet (None).
    settled = models.BooleanField(null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)  # the body is empty since

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["ticket", "created_at"], name="message_of_ticket"),
            models.Index(
                fields=["ticket"], condition=models.Q(kind="note"), name="message_note"
            ),  # `has:note`
        ]

    def __str__(self) -> str:
        return f"{self.kind} on #{self.ticket_id}"

    @property
    def is_public(self) -> bool:
        """Whether the customer may read it: the same word as `public()` of the queryset."""
        if self.kind == self.Kind.EVIDENCE:
            return self.source != Ticket.Source.AGENT
        return self.kind in PUBLIC and self.held_until is None and self.recalled_at is None

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.recalled_at is None

    def seconds_held(self, now: datetime | None = None) -> int:
        """How much longer it can surely be taken back."""
        if not self.is_held or self.held_until is None:
            return 0
        return max(0, round((self.held_until - (now or timezone.now())).total_seconds()))


PUBLIC = (
    Message.Kind.CUSTOMER,
    Message.Kind.REPLY,
)  # notes stay at the desk; evidence does, if the desk pasted it
