from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


def _between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class Curation(models.Model):
    """When a cause that recurs becomes a candidate, and how long articles and attempts keep. There is one row."""

    tickets = models.PositiveIntegerField(_("tickets at least"), default=5, validators=_between(2, 10_000))
    accounts = models.PositiveIntegerField(_("accounts at least"), default=3, validators=_between(1, 10_000))
    window = models.PositiveSmallIntegerField(_("window in days"), default=30, validators=_between(1, 365))
    recheck_days = models.PositiveSmallIntegerField(
        _("days until an article is checked again"), default=90, validators=_between(7, 730)
    )
    attempt_days = models.PositiveSmallIntegerField(
        _("days that attempts to report are kept"), default=400, validators=_between(60, 3650)
    )

    class Meta:
        verbose_name = _("curation")

    def __str__(self) -> str:
        return f"{self.tickets} tickets of {self.accounts} accounts in {self.window} days"


class CandidateAside(models.Model):
    """A recurring cause, or one error, that needs no article now. It comes back when it has doubled."""

    cause = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=16, blank=True)
    tickets = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("candidate set aside")
        constraints = [
            models.UniqueConstraint(fields=["cause", "fingerprint"], name="candidate_aside_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.fingerprint}".strip()
