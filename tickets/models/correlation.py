from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Correlation(models.Model):
    """How correlation is set, and up to when it has judged. There is one row."""

    is_on = models.BooleanField(_("open incidents from failures"), default=True)
    window = models.PositiveSmallIntegerField(
        _("window in minutes"), default=10, validators=[MinValueValidator(5), MaxValueValidator(60)]
    )
    failures = models.PositiveIntegerField(
        _("failures at least"), default=10, validators=[MinValueValidator(1)]
    )
    accounts = models.PositiveIntegerField(
        _("accounts at least"), default=7, validators=[MinValueValidator(2)]
    )
    judged_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("correlation")

    def __str__(self) -> str:
        return f"{self.failures} failures of {self.accounts} accounts in {self.window} minutes"


class UsualPeak(models.Model):
    """The most that a place saw in five minutes at an hour of the day (0 to 23) or of the week (24 to 191)."""

    provider = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=120, blank=True)
    route = models.CharField(max_length=120, blank=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    slot = models.PositiveSmallIntegerField()
    peak = models.FloatField()

    class Meta:
        verbose_name = _("usual peak")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "model", "route", "fingerprint", "slot"], name="usualpeak_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.peak} at {self.slot}"
