from django.db import models
from django.utils.translation import gettext_lazy as _

from .faq import FaqEntry
from .person import Person


class FaqVersion(models.Model):
    """An article as it stood after one edit, whole, in all its languages. Never changed afterwards.

    Shape of `content`: {"cause", "codes", "strings", "related", "gap", "texts": {language: {field of FaqText: value}}}.
    """

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of an article")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="faq_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"
