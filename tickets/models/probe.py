from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProbeQuerySet(models.QuerySet["Probe"]):
    def due(self, now: datetime) -> Self:
        return self.filter(is_on=True, due_at__lte=now)


class Probe(models.Model):
    """One small request that the desk sends through a gateway again and again, to see whether a model answers."""

    provider = models.CharField(_("provider"), max_length=80)
    model = models.CharField(_("model"), max_length=120)
    address = models.URLField(_("base address"), max_length=400)
    # The name of the environment variable that holds the key. The key itself is never stored.
    key_name = models.CharField(_("key"), max_length=80, blank=True)
    is_on = models.BooleanField(_("send this probe"), default=False)
    minutes = models.PositiveSmallIntegerField(
        _("minutes between requests"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    is_internal = models.BooleanField(_("it may stand at an internal address"), default=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProbeQuerySet.as_manager()

    class Meta:
        verbose_name = _("probe")
        ordering = ["provider", "model", "pk"]
        constraints = [models.UniqueConstraint(fields=["address", "model"], name="probe_once")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.model}"

    @property
    def requests_a_day(self) -> int:
        return -(-1440 // self.minutes)


class ProbeResultQuerySet(models.QuerySet["ProbeResult"]):
    def failing(self) -> Self:
        return self.filter(outcome=ProbeResult.Outcome.FAILS)


class ProbeResult(models.Model):
    """What one request met."""

    class Outcome(models.TextChoices):
        WORKS = "works", _("works")
        FAILS = "fails", _("fails")
        REFUSED = "refused", _("refused")  # a status that blames the request or its key, not the provider

    probe = models.ForeignKey(Probe, on_delete=models.CASCADE, related_name="results")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    http_status = models.PositiveSmallIntegerField(_("status"), null=True)
    latency_ms = models.PositiveIntegerField(_("latency"))
    said = models.CharField(max_length=300, blank=True)  # redacted

    objects = ProbeResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a probe")
        indexes = [models.Index(fields=["probe", "-at"], name="proberesult_probe")]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.at:%Y-%m-%d %H:%M}"
