from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class ChecklistItem(models.Model):
    """One thing to do on a ticket: a step of the runbook once somebody ticked it, or one that a person added."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="checklist")
    step = models.CharField(max_length=60, blank=True)  # of the catalogue; empty for an own one
    words = models.CharField(_("what to do"), max_length=200, blank=True)  # of an own one
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("checklist item")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "step"], condition=~models.Q(step=""), name="checklist_step_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words or self.step

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
