from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .reply import CannedReply


class CannedReplyVersion(models.Model):
    """A canned reply as it stood after one edit, in all its languages. Never changed afterwards.

    Shape of `content`: {"cause", "for_all", "texts": {language: {"title", "body"}}}.
    """

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a canned reply")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="reply_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.number}"
