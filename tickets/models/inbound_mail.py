from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .message import Message
from .person import Person
from .ticket import Ticket


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, person: Person) -> Self:
        """The only door to the ledger: mails of no ticket, and of tickets that exist for this person."""
        if not person.is_narrowed:
            return self
        return self.filter(models.Q(ticket=None) | models.Q(ticket__in=Ticket.objects.visible_to(person)))

    def taken_in(self) -> Self:
        return self.filter(state__in=(InboundMail.State.TICKETED, InboundMail.State.APPENDED))

    def bounces(self) -> Self:
        return self.filter(state=InboundMail.State.BOUNCED)


class InboundMail(models.Model):
    """One mail that reached the desk, and what became of it: every one has a row, so none vanishes.

    Everything is redacted. `source` is the mail written anew: its headers, the text that was read and the text
    files, secrets masked, other files by name only. It is shown, and read again to try again.
    """

    class State(models.TextChoices):
        TICKETED = "ticketed", _("opened a ticket")
        APPENDED = "appended", _("added to a ticket")
        BOUNCED = "bounced", _("an answer came back")
        IGNORED = "ignored", _("ignored")
        FAILED = "failed", _("failed")

    class Reason(models.TextChoices):
        """Why a mail was ignored."""

        OWN_LETTER = "own_letter", _("a letter of our own came back to us")
        OWN_ADDRESS = "own_address", _("sent from the desk's own address")
        AUTOMATIC = "automatic", _("an automatic answer or notice")
        BULK = "bulk", _("sent to many at once")
        MAILING_LIST = "mailing_list", _("from a mailing list, and no answer to us")
        NO_RETURN = "no_return", _("its return path is empty: written by a mail server")
        NO_ANSWER = "no_answer", _("its sender takes no answers")
        NO_SENDER = "no_sender", _("no address that could be answered")
        REPORT = "report", _("a mail server's report about no letter of ours")
        DELAYED = "delayed", _("a mail server's report that is no failure")
        SENDER_CAP = "sender_cap", _("too many from this sender within an hour")
        TICKET_CAP = "ticket_cap", _("too many to this ticket within an hour")
        EMPTY = "empty", _("nothing was written in it")

    class Way(models.TextChoices):
        PIPE = "pipe", _("pipe")
        IMAP = "imap", _("IMAP")

    mail_id = models.CharField("Message-ID", max_length=255)
    sender = models.CharField(_("from"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    way = models.CharField(_("came by"), max_length=8, choices=Way)
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    ticket = models.ForeignKey(
        Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="inbound_mail"
    )
    # The message that it became; of a bounce, the answer that came back.
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="inbound_mail"
    )
    source = models.TextField(_("source"), blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    deliveries = models.PositiveIntegerField(_("deliveries"), default=1)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbound mail")
        constraints = [
            # With the sender: nobody can keep another one's mail out by using its id first.
            models.UniqueConstraint(fields=["mail_id", "sender"], name="inbound_mail_once"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="inbound_mail_state"),
            models.Index(fields=["sender", "received_at"], name="inbound_mail_sender"),
            models.Index(fields=["ticket", "received_at"], name="inbound_mail_ticket"),
        ]

    def __str__(self) -> str:
        return f"{self.sender}: {self.subject}"

    @property
    def can_be_tried_again(self) -> bool:
        if self.state == self.State.IGNORED:
            return self.reason != self.Reason.NO_SENDER  # there is nobody to open a ticket for
        return self.state == self.State.FAILED


FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
SILENT_AFTER = timedelta(minutes=20)


class Mailbox(models.Model):
    """How far a mailbox was read, and how its last reading went. `name` is user@host/folder, never the password."""

    name = models.CharField(max_length=255, unique=True)
    validity = models.BigIntegerField(null=True, blank=True)  # UIDVALIDITY: uids of another one mean nothing
    last_uid = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mailbox")

    def __str__(self) -> str:
        return self.name

    def went_well(self, now: datetime, *, found: bool) -> None:
        news = {"found_at": now} if found else {}
        Mailbox.objects.filter(pk=self.pk).update(failures=0, error="", read_at=now, **news)

    def went_wrong(self, now: datetime, error: str) -> None:
        """Each failure in a row doubles the pause, up to an hour."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self.failures, 10))
        Mailbox.objects.filter(pk=self.pk).update(
            failures=F("failures") + 1, error=error[:500], failed_at=now, due_at=now + pause
        )

    def is_silent(self, now: datetime) -> bool:
        """Nobody could read it for long, whether that was told as a failure or no worker ran at all."""
        return now - (self.read_at or self.created_at) > SILENT_AFTER
