from django.db import models
from django.utils.translation import gettext_lazy as _

from .message import Message
from .person import Person
from .ticket import Ticket


class Mention(models.Model):
    """A note calls for a person of the desk; the ticket is on their list from then on."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="mentions")
    note = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentions")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mention")
        constraints = [
            models.UniqueConstraint(fields=["note", "person"], name="mention_once"),
        ]
        indexes = [models.Index(fields=["person", "ticket"], name="mention_of_person")]

    def __str__(self) -> str:
        return f"{self.person} on #{self.ticket_id}"
