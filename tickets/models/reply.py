from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import Language
from .scoped import Scoped, ScopedQuerySet


class CannedReplyQuerySet(ScopedQuerySet["CannedReply"]):
    pass


class CannedReply(Scoped):
    """A reviewed answer for a cause; its language versions are one item."""

    slug = models.SlugField(_("name"), max_length=80, unique=True)
    cause = models.CharField(_("cause"), max_length=60, db_index=True)
    is_built_in = models.BooleanField(_("from the catalogue"), default=False)
    times_sent = models.PositiveIntegerField(_("times sent"), default=0)
    times_settled = models.PositiveIntegerField(_("times settled"), default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta(Scoped.Meta):
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")

    def __str__(self) -> str:
        return self.slug


class CannedReplyText(models.Model):
    """One language version of a canned reply."""

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=Language)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("canned reply text")
        constraints = [
            models.UniqueConstraint(fields=["reply", "language"], name="reply_text_once_a_language"),
        ]

    def __str__(self) -> str:
        return self.title
