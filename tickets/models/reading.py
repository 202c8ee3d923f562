from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class Reading(models.Model):
    """When a person last had a ticket open: what came after it is unread for them."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField(_("read"))
    message = models.PositiveBigIntegerField(default=0)  # id of the last message that was there

    class Meta:
        verbose_name = _("reading")
        constraints = [
            models.UniqueConstraint(fields=["person", "ticket"], name="reading_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} read at {self.read_at}"
