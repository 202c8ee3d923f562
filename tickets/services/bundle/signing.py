"""The desk's own signature. Its secret stays here; whoever has the public key can check."""

import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

PURPOSE = b"triage-desk evidence bundle\0"


def sign(data: bytes) -> str:
    return _key(settings.SIGNING_KEY).sign(data).hex()


def public_key() -> str:
    """64 hex digits (Ed25519)."""
    return _key(settings.SIGNING_KEY).public_key().public_bytes_raw().hex()


@cache
def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(PURPOSE + secret.encode()).digest())
