from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .message import Message
from .person import Person
from .reply import CannedReply
from .ticket import Ticket


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)


class Draft(models.Model):
    """What a person has typed on a ticket and not sent. It belongs to that person alone, so it conflicts with nobody.

    The body is redacted before it gets here.
    """

    KINDS = ((Message.Kind.REPLY.value, _("Reply")), (Message.Kind.NOTE.value, _("Note")))

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    body = models.TextField(_("text"))
    canned_reply = models.ForeignKey(CannedReply, on_delete=models.SET_NULL, null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        constraints = [
            models.UniqueConstraint(fields=["person", "ticket", "kind"], name="draft_one_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for #{self.ticket_id}"

    @property
    def mark(self) -> str:
        """Tells this text from what was saved in its place before and after."""
        return self.saved_at.isoformat()
