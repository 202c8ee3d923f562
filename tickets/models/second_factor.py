from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Role


class SecondFactorDemand(models.Model):
    """A role whose people need an app or a key beside the password. A row is the demand; none means that it is free."""

    role = models.CharField(_("role"), max_length=16, choices=Role, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("demand for a second factor")

    def __str__(self) -> str:
        return self.get_role_display()
