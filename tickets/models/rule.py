from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import Person


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def active(self) -> Self:
        return self.filter(state=RuleSet.State.ACTIVE)

    def draft(self) -> Self:
        return self.filter(state=RuleSet.State.DRAFT)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class RuleSet(models.Model):
    """A numbered version of all rules: those of the catalogue as it was then, and what people changed in them.
    Only a draft changes; from `tested` on it stays as it is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        TESTED = "tested", _("tested")
        ACTIVE = "active", _("active")
        RETIRED = "retired", _("retired")

    number = models.PositiveIntegerField(_("number"), unique=True)
    version = models.CharField(_("version"), max_length=40, unique=True)  # as verdicts name it
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    is_built_in = models.BooleanField(_("from the catalogue"), default=False)
    content = models.TextField(_("rules as YAML"), blank=True)  # of a built-in one: all of its rules
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    brings_back = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("what it is for"), max_length=200, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    activated_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    activated_at = models.DateTimeField(_("activated"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule set")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="active"), name="rule_set_one_active"
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="rule_set_one_draft"),
            models.CheckConstraint(
                condition=Q(brings_back__isnull=False)
                | Q(activated_by=None)
                | Q(changed_by=None)
                | ~Q(activated_by=F("changed_by")),
                name="rule_set_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.version})"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    def waits_for(self, person: Person) -> bool:
        """Whether this person may be the second one: never the author of the last change."""
        return self.state == self.State.TESTED and self.changed_by_id != person.pk

    @property
    def was_active(self) -> bool:
        """It judged tickets once, so two people stood for it."""
        return self.state == self.State.RETIRED and self.activated_at is not None


class RuleEntry(models.Model):
    """One change that a rule set makes to the catalogue: a rule of its own, one heard earlier, or one switched off."""

    class Kind(models.TextChoices):
        OWN = "own", _("own rule")
        PLACED = "placed", _("heard first")
        OFF = "off", _("switched off")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="entries")
    rule = models.CharField(_("rule"), max_length=120)
    kind = models.CharField(max_length=8, choices=Kind)
    written = models.TextField(_("the rule as YAML"), blank=True)
    position = models.IntegerField(
        null=True, blank=True
    )  # smaller is heard earlier; none: in its usual place

    class Meta:
        verbose_name = _("change of a rule")
        ordering = ["position", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "rule"], name="rule_entry_once"),
            models.UniqueConstraint(fields=["rule_set", "position"], name="rule_entry_place"),
            models.CheckConstraint(
                condition=(Q(kind="own") & ~Q(written=""))
                | Q(kind="placed", written="", position__isnull=False)
                | Q(kind="off", written="", position=None),
                name="rule_entry_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.kind})"
