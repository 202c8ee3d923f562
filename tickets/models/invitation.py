from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import Language, Role

SALT = "invitation"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> Self:
        """The open one that the link names; none where it is forged, used, withdrawn or late."""
        try:
            return self.open().filter(pk=signing.loads(token, salt=SALT))
        except signing.BadSignature:
            return self.none()


class Invitation(models.Model):
    """A one-time way in for somebody who is no person of the desk yet. Its link is signed, never stored."""

    email = models.EmailField(_("e-mail"), blank=True)  # empty for the first admin, who says it
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.ENGLISH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return self.email or self.name

    @property
    def token(self) -> str:
        return signing.dumps(self.pk, salt=SALT)
