from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import Language, Person

UNUSED_AFTER = timedelta(days=90)


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def visible_to(self, person: Person) -> Self:
        """Everybody's, and one's own."""
        return self.filter(models.Q(owner=None) | models.Q(owner=person))

    def offered(self) -> Self:
        return self.filter(is_active=True)


class CannedReply(models.Model):
    """A reviewed answer for a cause; its language versions are one item."""

    slug = models.SlugField(_("name"), max_length=80, unique=True)
    cause = models.CharField(_("cause"), max_length=60, db_index=True)
    owner = models.ForeignKey(
        Person,
        verbose_name=_("only for"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_replies",
    )
    is_built_in = models.BooleanField(_("from the catalogue"), default=False)
    is_active = models.BooleanField(_("offered"), default=True)
    times_sent = models.PositiveIntegerField(_("times sent"), default=0)
    times_settled = models.PositiveIntegerField(_("times settled"), default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
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
