from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PriceUnit(models.TextChoices):
    """What a price counts. Values as in `triage.engine.doctors.cost.Unit`."""

    PER_1M_TOKENS = "per_1m_tokens", _("per million tokens")
    PER_CALL = "per_call", _("per call")
    PER_SECOND = "per_second", _("per second")
    PER_IMAGE = "per_image", _("per image")


class GatewayModelQuerySet(models.QuerySet["GatewayModel"]):
    def matching(self, words: str) -> Self:
        """Whose name or other names hold all the words."""
        found = self
        for word in words.split()[:5]:
            found = found.filter(Q(name__icontains=word) | Q(also_called__icontains=word))
        return found


class GatewayModel(models.Model):
    """One model that the gateway offers, or offered: its name, what people call it, and its price."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    also_called = models.TextField(_("also called"), blank=True)  # one in a line; see `aliases`
    retired_at = models.DateField(_("no longer offered since"), null=True, blank=True)
    successor = models.CharField(_("use instead"), max_length=160, blank=True)
    unit = models.CharField(_("unit"), max_length=20, choices=PriceUnit, default=PriceUnit.PER_1M_TOKENS)
    price = models.DecimalField(_("price"), max_digits=22, decimal_places=10, null=True, blank=True)
    output_price = models.DecimalField(
        _("price of output"), max_digits=22, decimal_places=10, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = GatewayModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("gateway model")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def aliases(self) -> tuple[str, ...]:
        """Names that customers use and the gateway does not take."""
        return tuple(line.strip() for line in self.also_called.splitlines() if line.strip())


class GatewayModelChange(models.Model):
    """What was done to the list of models, by whom and when. Never changed; its newest entry dates the list.

    `data` has "added" and "removed", lists of names, and "changed": for a name, its fields before and after.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", _("saved")
        REMOVED = "removed", _("removed")
        IMPORTED = "imported", _("imported")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of the list of models")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
