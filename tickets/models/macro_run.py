from django.db import models
from django.utils.translation import gettext_lazy as _

from .macro import Macro
from .message import Message
from .person import Person
from .ticket import Ticket


class MacroRun(models.Model):
    """One run of a macro on a ticket, with what it changed, so that it can be taken back.

    Shape of `before`: what stood there, by part, for the parts that changed: {"confirm": true, "tags": {"added",
    "removed"}, "assign": person or null, "status": see `hold.state_before`}.
    """

    macro = models.ForeignKey(Macro, on_delete=models.SET_NULL, null=True, related_name="runs")
    name = models.CharField(_("name"), max_length=120)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="macro_runs")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="macro_runs")
    seen = (
        models.PositiveIntegerField()
    )  # length of the chain that it was run on: the same click twice is one run
    position = models.PositiveIntegerField(default=0)  # of the last event of the run
    before = models.JSONField(default=dict)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("run of a macro")

    def __str__(self) -> str:
        return f"{self.name} on #{self.ticket_id}"
