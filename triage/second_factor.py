"""The secrets of authenticator apps are kept encrypted: a copy of the database alone makes no codes."""

import base64
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

MARK = "f1:"  # how it was encrypted; what has no mark was stored before


class DeskFactors(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return _("Triage desk")

    def encrypt(self, text: str) -> str:
        return MARK + _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(MARK):
            return encrypted_text
        try:
            return _box().decrypt(encrypted_text.removeprefix(MARK).encode()).decode()
        except InvalidToken:
            return ""  # the secret key was changed: no code fits, recovery is by an admin


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()))
