from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusPage(models.Model):
    """The public status page, which is off until an admin switches it on. There is one row."""

    is_on = models.BooleanField(_("show a public status page"), default=False)
    name = models.CharField(_("name of the service"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("public status page")

    def __str__(self) -> str:
        return self.name or "status"
