from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class KeptVersion(models.Model):
    """Something kept for the desk as it stood after one edit, whole. Never changed afterwards."""

    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-number"]
