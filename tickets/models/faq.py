from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Language, Person


class FaqEntryQuerySet(models.QuerySet["FaqEntry"]):
    def published(self) -> Self:
        return self.filter(state=FaqEntry.State.PUBLISHED)

    def due(self) -> Self:
        """Public, and told to be read again."""
        return self.published().exclude(recheck_why="")

    def in_state(self, state: str) -> Self:
        """A published article whose change is being written or reviewed counts under both."""
        return self.filter(models.Q(state=state) | models.Q(change=state))


class FaqEntry(models.Model):
    """The public article about one recurring cause; its language versions are one item."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    class Change(models.TextChoices):
        NONE = "", _("none")
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    cause = models.CharField(_("cause"), max_length=60, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    # Of a published article: its newest version is not public yet.
    change = models.CharField(_("change"), max_length=10, choices=Change, default=Change.NONE, blank=True)
    gap = models.CharField(_("why a language is missing"), max_length=300, blank=True)
    codes = models.JSONField(_("error codes"), default=list)
    strings = models.JSONField(_("error texts"), default=list)
    related = models.JSONField(_("related articles"), default=list)  # slugs
    is_built_in = models.BooleanField(_("from the catalogue"), default=False)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reviewer = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    verified_at = models.DateTimeField(_("last verified"), null=True, blank=True)
    # Digest of the rules of its cause when a person last verified it; empty where nobody did.
    rules_seen = models.CharField(max_length=32, blank=True, editable=False)
    # Why it should be read again, as services/faq/recheck_telling.py found last; empty where it is not due.
    recheck_why = models.CharField(max_length=8, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = FaqEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewer=None)
                | models.Q(author=None)
                | ~models.Q(reviewer=models.F("author")),
                name="faq_reviewer_is_not_the_author",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "changed_at"], name="faq_state"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def stage(self) -> str:
        """Where its newest version stands: of a published article the state of its change, if there is one."""
        return self.change or self.state if self.is_published else self.state

    def writers(self) -> set[int]:
        """Everybody whose words are in what is not public yet: none of them reviews it."""
        written = list(self.versions.exclude(by=None).values_list("number", "by"))
        public = self.versions.exclude(published_at=None).aggregate(n=models.Max("number"))["n"] or 0
        found = {by for number, by in written if number > public}
        return found if self.published_at else found | ({self.author_id} if self.author_id else set())


class FaqText(models.Model):
    """One language version of an article. Prose is Markdown; `fix` is a list of steps."""

    entry = models.ForeignKey(FaqEntry, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=Language)
    title = models.CharField(_("title: what people see"), max_length=200)
    summary = models.TextField(_("short answer"))
    symptom = models.TextField(_("what you see"), blank=True)
    applies_to = models.TextField(_("applies to"), blank=True)
    why = models.TextField(_("why it happens"), blank=True)
    fix = models.JSONField(_("how to fix it"), default=list)
    check_yourself = models.TextField(_("what you can check yourself"), blank=True)
    admin = models.TextField(_("what needs an administrator"), blank=True)
    escalation = models.TextField(_("when to escalate"), blank=True)
    charged = models.TextField(_("are you charged"), blank=True)
    works = models.TextField(_("how to see that it works"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("FAQ text")
        constraints = [
            models.UniqueConstraint(fields=["entry", "language"], name="faq_text_once_a_language"),
        ]

    def __str__(self) -> str:
        return self.title
