from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class RotaSeat(models.Model):
    """Someone who takes turns at the gate, a week at a time."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="rota_seat")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("seat of the rota")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}: {self.person_id}"


class RotaWeek(models.Model):
    """Who is on duty in a week that has begun, or that somebody set by hand. Begins on Monday, 00:00 UTC."""

    monday = models.DateField(_("week of"), unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rota_weeks")
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # who set it by hand

    class Meta:
        verbose_name = _("week of the rota")
        ordering = ["monday"]

    def __str__(self) -> str:
        return f"{self.monday}: {self.person_id}"
