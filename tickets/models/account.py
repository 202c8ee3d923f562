from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Language


class Account(models.Model):
    """A customer's account at the gateway."""

    name = models.CharField(_("name"), max_length=200)
    external_id = models.CharField(_("number at the gateway"), max_length=120, blank=True)
    group = models.CharField(_("group"), max_length=80, blank=True)
    tier = models.CharField(_("tier"), max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="account_external_id_once"
            ),
        ]
        indexes = [models.Index(fields=["name"], name="account_name")]

    def __str__(self) -> str:
        return self.name


def customer_name(name: str, email: str) -> str:
    """What a customer is called, also where only these two columns are read."""
    return name or email


class Customer(models.Model):
    """Someone who writes to the desk, known by the e-mail address."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.SET_NULL, null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.ENGLISH)
    erasure_asked_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("customer")

    def __str__(self) -> str:
        return customer_name(self.name, self.email)

    @property
    def initials(self) -> str:
        shown = str(self)
        return shown[-2:] if not shown.isascii() else shown[:2].upper()


class KeyRecordQuerySet(models.QuerySet["KeyRecord"]):
    def with_fingerprint(self, fingerprint: str) -> Self:
        return self.filter(fingerprint=fingerprint)


class KeyRecord(models.Model):
    """What is kept of a key: a keyed fingerprint and its last four characters, never the key."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        DISABLED = "disabled", _("disabled")
        EXPIRED = "expired", _("expired")
        USED_UP = "used_up", _("used up")
        UNKNOWN = "unknown", _("unknown")

    account = models.ForeignKey(
        Account,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="keys",
    )
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    # Of the pepper before, where it was changed since; and which pepper made the fingerprint (not known: before these).
    fingerprint_before = models.CharField(max_length=64, blank=True, editable=False)
    made_with = models.CharField(max_length=8, blank=True, editable=False)
    prefix = models.CharField(_("prefix"), max_length=24, blank=True)
    last_four = models.CharField(_("last four"), max_length=4, db_index=True)
    group = models.CharField(_("group"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UNKNOWN)
    first_seen_at = models.DateTimeField(auto_now_add=True)

    objects = KeyRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("key record")

    def __str__(self) -> str:
        return f"{self.prefix}…{self.last_four}"
