from django.db import models
from django.utils.translation import gettext_lazy as _

from .message import Message
from .person import Person
from .ticket import Ticket


class EvidenceRequest(models.Model):
    """What the customer was asked for: the follow-up page offers a field for each that is still missing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="evidence_requests")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="evidence_request")
    fields = models.JSONField(_("fields"))  # names of evidence fields, in the order asked
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("request for evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"asked on #{self.ticket_id}: {', '.join(self.fields)}"
