from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class BulkChange(models.Model):
    """One action of a person on several tickets, with what it changed, so that it can be taken back.

    Shape of `changes`: [{"ticket": number, "position": last event of the action, "before": what stood there}];
    of merged tickets, `before` is the number of the merge.
    """

    class Action(models.TextChoices):
        ASSIGN = "assign", _("Assign")
        STATUS = "status", _("Set status")
        SNOOZE = "snooze", _("Snooze")
        CONFIRM = "confirm", _("Confirm verdict")
        OVERRULE = "overrule", _("Set verdict")
        TAG = "tag", _("Tag")
        INCIDENT = "incident", _("Link to incident")
        RESOLVE = "resolve", _("Resolve")
        MERGE = "merge", _("Merge")

    action = models.CharField(_("action"), max_length=10, choices=Action)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bulk_changes")
    changes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of several tickets")

    def __str__(self) -> str:
        return f"{self.action} on {len(self.changes)} tickets"
