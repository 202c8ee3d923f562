import hashlib
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class Scope(models.TextChoices):
    TRIAGE = "triage:read", _("judge texts")
    TICKETS = "tickets:write", _("open tickets")
    FAILURES = "failures:write", _("report failures")
    INCIDENTS = "incidents:read", _("read incidents")
    CHARGES = "charges:write", _("report charges")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def matching(self, secret: str) -> Self:
        return self.filter(digest=ApiToken.digest_of(secret), revoked_at=None)


class ApiToken(models.Model):
    """A narrow key for machines. Only its SHA-256 is kept; it has 256 random bits, so no slow hash is needed."""

    name = models.CharField(_("name"), max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4)
    scopes = models.JSONField(default=list)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return f"{self.name} …{self.last_four}"

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()
