"""The secrets of authenticator apps are kept sealed: a copy of the database alone makes no codes."""

from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .sealed import seal, unseal

PURPOSE = "second factor"
WORDS = {
    "incorrect_code": _("This code is not right, or is used up."),
    "cannot_delete_authenticator": _("Your role needs a second factor: this one stays."),
}


class DeskFactors(DefaultMFAAdapter):
    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **WORDS}

    def get_totp_issuer(self) -> str:
        return gettext("Triage desk")

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """What a new key is called until its owner says otherwise."""
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey") if not there else gettext("Passkey %(number)d") % {"number": there + 1}

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Empty where the secret key was changed without a trace: no code fits, recovery is by an admin."""
        return unseal(encrypted_text, purpose=PURPOSE) or ""
