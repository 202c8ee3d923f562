"""Marks by which an answer finds its ticket, signed so that nobody can guess one.

Small letters and digits only: mail servers may change capitals, and nothing has to be stored to read them.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_ADDRESS = re.compile(r"\+(\d{1,18})\.([a-z2-7]{16})@", re.IGNORECASE)
_ID = re.compile(r"\breply\.(\d{1,18})\.([a-z2-7]{16})@", re.IGNORECASE)
_SUBJECT = re.compile(r"\[#(\d{1,18})\]")


def message_id_of(message: int) -> str:
    """The Message-ID of a letter, the same however often it goes out."""
    return f"<reply.{message}.{_signature('reply', message)}@{_host()}>"


def reply_address_of(ticket: int) -> str:
    """Where an answer to this ticket goes; empty where the desk takes no mail."""
    name, _, host = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{name}+{ticket}.{_signature('ticket', ticket)}@{host}" if name else ""


def message_in(ids: Iterable[str]) -> int | None:
    """The number of the letter that the first id of ours names."""
    return _first_true("reply", (found for one in ids for found in _ID.finditer(f" {one}")))


def ticket_in_addresses(values: Iterable[str]) -> int | None:
    return _first_true("ticket", (found for value in values for found in _ADDRESS.finditer(value)))


def ticket_in_subject(subject: str) -> int | None:
    """A number that anybody may have written there."""
    found = _SUBJECT.search(subject)
    return int(found[1]) if found else None


def is_own_address(address: str) -> bool:
    """The desk's, with or without a mark."""
    own = {settings.INBOUND_ADDRESS, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    name, _, host = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{host}" in {one.lower() for one in own if one}


def _first_true(kind: str, marks: Iterable[re.Match[str]]) -> int | None:
    for mark in marks:
        number = int(mark[1])
        if any(constant_time_compare(mark[2].lower(), one) for one in _valid(kind, number)):
            return number
    return None


def _valid(kind: str, number: int) -> Iterator[str]:
    """Also what an earlier secret key signed: letters are answered months later."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _signature(kind, number, key)


def _signature(kind: str, number: int, key: str | bytes | None = None) -> str:
    """With the secret key of now, unless another is named."""
    digest = salted_hmac("tickets.mail_marks", f"{kind}:{number}", secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest)[:16].decode().lower()


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
