from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet


class AuditEntryQuerySet(AppendOnlyQuerySet["AuditEntry"]):
    def forget(self) -> int:
        """The one way out, for what is older than the days that admins set."""
        return self._raw_delete(self.db)

    def rename(self, **values: Any) -> int:
        """The one way to change an entry: when somebody is erased, a number stands for the address."""
        return models.QuerySet.update(self, **values)

    def containing(self, words: str) -> Self:
        return self.filter(models.Q(about__icontains=words) | models.Q(actor__icontains=words))


class AuditEntry(models.Model):
    """Who did what that matters, when, from where, what it was before and is after. Never changed nor removed."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        INVITED = "invited", _("invited a person")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("withdrew an invitation")
        JOINED = "joined", _("accepted an invitation")
        ROLE = "role", _("changed a role")
        RETIRED = "retired", _("closed an account")
        REINSTATED = "reinstated", _("opened an account again")
        SIGNED_OUT = "signed_out", _("signed somebody out everywhere")
        FACTORS_REMOVED = "factors_removed", _("removed second factors")
        FACTOR_ADDED = "factor_added", _("added a second factor")
        FACTOR_REMOVED = "factor_removed", _("removed a second factor")
        FACTORS_DEMANDED = "factors_demanded", _("set which roles need a second factor")
        PASSWORD = "password", _("changed a password")
        TOKEN = "token", _("made an API token")
        TOKEN_REVOKED = "token_revoked", _("revoked an API token")
        EXPORT = "export", _("exported")
        MODELS = "models", _("changed the list of models")
        MAIL_TAKEN = "mail_taken", _("took in a mail by hand")
        RULES = "rules", _("changed the rules")
        REPLIES = "replies", _("changed canned replies")
        ARTICLES = "articles", _("changed articles")
        SETTING = "setting", _("changed a setting")
        COMPENSATION = "compensation", _("decided over compensation")
        KEYS = "keys", _("changed a key of the desk")
        RETENTION = "retention", _("retention")
        ERASED = "erased", _("erased a person")
        READ = "read", _("read what is masked")

    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor = models.CharField(_("who"), max_length=254)  # as the person was called then, or a command
    address = models.GenericIPAddressField(_("from where"), null=True)
    kind = models.CharField(_("what"), max_length=24, choices=Kind)
    about = models.CharField(_("about"), max_length=254, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["kind", "-id"], name="audit_kind"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.kind} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly
