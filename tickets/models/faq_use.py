"""What becomes of articles: how often they are read, whether they help, what was looked for in vain."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .faq import FaqEntry
from .person import Language, Person
from .ticket import Ticket


class ArticleUse(models.Model):
    """How often an article was opened on one day. Kept copies are not counted, so it is a lower bound."""

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use of an article")
        constraints = [models.UniqueConstraint(fields=["entry", "day"], name="article_use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day}"


class ArticleVote(models.Model):
    """Whether an article helped: once for each visitor and day. Of the visitor only a keyed hash of the day is kept."""

    class Reason(models.TextChoices):
        NEEDS_MORE = "needs_more", _("something is missing")
        WRONG = "wrong", _("it is not right")
        HARD_TO_READ = "hard_to_read", _("hard to understand")
        BROKEN_LINK = "broken_link", _("a link does not work")
        OTHER = "other", _("something else")

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="votes")
    language = models.CharField(max_length=8, choices=Language)
    helped = models.BooleanField(_("helped"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    note = models.TextField(_("note"), blank=True)
    visitor = models.CharField(max_length=32)
    day = models.DateField()

    class Meta:
        verbose_name = _("vote on an article")
        constraints = [
            models.UniqueConstraint(fields=["entry", "visitor", "day"], name="article_vote_once_a_day"),
        ]
        indexes = [models.Index(fields=["visitor", "day"], name="article_vote_visitor")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day} {self.helped}"


class FruitlessSearchQuerySet(models.QuerySet["FruitlessSearch"]):
    def open(self) -> Self:
        return self.filter(draft__isnull=True, dismissed_at__isnull=True)


class FruitlessSearch(models.Model):
    """Words that found no article, in one language, and what was made of them."""

    language = models.CharField(max_length=8, choices=Language)
    words = models.CharField(_("words"), max_length=200)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)
    draft = models.ForeignKey(FaqEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = FruitlessSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without an answer")
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="fruitless_search_once")]
        indexes = [models.Index(fields=["-times", "-id"], name="fruitless_search_times")]

    def __str__(self) -> str:
        return self.words


class ReportAttempt(models.Model):
    """Somebody pasted an error: which cause was found, and whether it ended at an article or became a ticket.

    No word of what was pasted is kept here. `mark` is the form's own, and joins the attempt to its ticket.
    """

    mark = models.CharField(max_length=60, unique=True)
    cause = models.CharField(_("cause"), max_length=60, db_index=True)
    language = models.CharField(max_length=8, choices=Language)
    came_from = models.ForeignKey(
        FaqEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the article that did not help
    read = models.ForeignKey(
        FaqEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="attempts"
    )  # the article opened last from the answer
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("attempt to report")

    def __str__(self) -> str:
        return f"{self.cause} {self.at:%Y-%m-%d %H:%M}"

    @staticmethod
    def ended_at_article() -> Q:
        """Read an answer, or said that it solved it, and wrote no ticket."""
        return Q(ticket__isnull=True) & (Q(read__isnull=False) | Q(solved_at__isnull=False))
