from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleSet(models.Model):
    """A numbered, immutable version of all rules; one is active."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    version = models.CharField(_("version"), max_length=40, unique=True)
    content = models.TextField(_("rules as YAML"))
    is_built_in = models.BooleanField(_("from the catalogue"), default=False)
    is_active = models.BooleanField(_("active"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rule set")
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=models.Q(is_active=True), name="rule_set_one_active"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.version})"
