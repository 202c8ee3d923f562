from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_PAUSE = timedelta(hours=6)


class ProviderPageQuerySet(models.QuerySet["ProviderPage"]):
    def due(self, now: datetime) -> Self:
        return self.filter(is_on=True, due_at__lte=now)


class ProviderPage(models.Model):
    """A provider's public status page that the desk reads again and again, and how its last reading went."""

    class Opens(models.TextChoices):
        """What a trouble that stands there does, beside being noted."""

        NOTHING = "nothing", _("only note it")
        MAJOR = "major", _("note it, and open an incident where it is major or critical")
        ANY = "any", _("note it, and open an incident")

    provider = models.CharField(_("provider"), max_length=80)
    address = models.URLField(_("address"), max_length=400)
    is_on = models.BooleanField(_("read this page"), default=False)
    opens = models.CharField(
        _("when it tells of a trouble"), max_length=8, choices=Opens, default=Opens.NOTHING
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes between readings"), default=5, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    is_internal = models.BooleanField(_("it may stand at an internal address"), default=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    error = models.CharField(max_length=500, blank=True, editable=False)

    objects = ProviderPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("status page of a provider")
        ordering = ["provider", "pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "address"], name="provider_page_once")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.address}"

    def went_well(self, now: datetime) -> None:
        ProviderPage.objects.filter(pk=self.pk).update(failures=0, error="", read_at=now)

    def went_wrong(self, now: datetime, error: str) -> None:
        """Each failure in a row doubles the pause, up to six hours."""
        pause = min(LONGEST_PAUSE, timedelta(minutes=self.minutes) * 2 ** min(self.failures, 12))
        ProviderPage.objects.filter(pk=self.pk).update(
            failures=F("failures") + 1, error=error[:500], due_at=now + pause
        )
