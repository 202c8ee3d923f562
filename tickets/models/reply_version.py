from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .kept_version import KeptVersion
from .reply import CannedReply


class CannedReplyVersion(KeptVersion):
    """A canned reply in all its languages.

    Shape of `content`: {"cause", "scope", "texts": {language: {"title", "body"}}}.
    """

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="versions")

    class Meta(KeptVersion.Meta):
        verbose_name = _("version of a canned reply")
        constraints: ClassVar[list[models.BaseConstraint] | tuple[models.BaseConstraint, ...]] = [
            models.UniqueConstraint(fields=["reply", "number"], name="reply_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.number}"
