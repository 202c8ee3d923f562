"""Secrets that must be read again are kept sealed: a copy of the database alone opens none of them.

Each purpose has a box of its own, made of the secret key. What an earlier key sealed still opens as long as that key is
named in `SECRET_KEY_FALLBACKS`.
"""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

MARK = "f1:"  # how it was sealed; what has no mark was stored before


def seal(text: str, *, purpose: str) -> str:
    return MARK + _box(settings.SECRET_KEY, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str | None:
    """None where no key that is named opens it."""
    if not sealed.startswith(MARK):
        return sealed
    boxes = [_box(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    try:
        return MultiFernet(boxes).decrypt(sealed.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        return None


def is_of_today(sealed: str, *, purpose: str) -> bool:
    """Whether the secret key of now opens it, without any earlier one."""
    if not sealed.startswith(MARK):
        return False
    try:
        _box(settings.SECRET_KEY, purpose).decrypt(sealed.removeprefix(MARK).encode())
    except InvalidToken:
        return False
    return True


def _box(key: str | bytes, purpose: str) -> Fernet:
    secret = key.encode() if isinstance(key, str) else key
    return Fernet(base64.urlsafe_b64encode(sha256(purpose.encode() + b":" + secret).digest()))
