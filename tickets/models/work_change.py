from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkChange(models.Model):
    """What was changed in the rules of the work, by whom and when. Never changed itself.

    `data` holds, for each field that changed, what it was before and what it is now.
    """

    class About(models.TextChoices):
        RULE = "rule", _("assignment rule")
        PERSON = "person", _("person")
        CALENDAR = "calendar", _("calendar")
        POLICY = "policy", _("service level")
        ROTA = "rota", _("rota")
        INCIDENTS = "incidents", _("incidents by correlation")

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        SAVED = "saved", _("changed")
        REMOVED = "removed", _("removed")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=10, choices=About)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of the rules of the work")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.about} {self.name} {self.kind}"
