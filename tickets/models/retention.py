from django.db import models
from django.utils.translation import gettext_lazy as _


class Retention(models.Model):
    """For how many days one kind of data is kept; no number keeps it. What has no row is as `services` say."""

    class Kind(models.TextChoices):
        TEXTS = "texts", _("texts of closed tickets")
        ATTACHMENTS = "attachments", _("files of closed tickets")
        FAILURES = "failures", _("failures that gateways reported")
        MAIL_SOURCE = "mail_source", _("sources of incoming mail")
        MAIL_LEDGER = "mail_ledger", _("ledger of incoming mail")
        AUDIT = "audit", _("audit")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind, primary_key=True)
    days = models.PositiveIntegerField(_("days"), null=True, blank=True)

    class Meta:
        verbose_name = _("retention")

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"
