"""Passwords that are known from breaches: by a list in a file, or by a service that is told five letters of a digest.

The twenty thousand most common passwords are always refused besides.
"""

from hashlib import sha1
from pathlib import Path

import httpx
import structlog
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)
LINE = 256  # no line of the list is longer
SECONDS = 3


class NotBreached:
    """`path` names a file of SHA-1 digests in capital hex, sorted, one a line (`DIGEST` or `DIGEST:COUNT`);
    `url` the address of a range service, to which `/ABCDE` is added.
    """

    def __init__(self, path: str = "", url: str = "") -> None:
        self.path, self.url = path, url.rstrip("/")
        if path and not Path(path).is_file():
            raise ImproperlyConfigured(f"PASSWORD_BREACH_LIST: there is no file {path}.")

    def validate(self, password: str, user: object = None) -> None:
        digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if (self.path and _in_file(Path(self.path), digest)) or (self.url and _in_service(self.url, digest)):
            raise ValidationError(
                _("This password is in a collection of stolen ones. Please choose another."), code="breached"
            )

    def get_help_text(self) -> str:
        return ""


def _in_file(path: Path, digest: str) -> bool:
    """Halving the file: a list of many gigabytes costs some forty short reads."""
    with path.open("rb") as lines:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline(LINE)
            found = lines.readline(LINE).split(b":")[0].strip().decode("ascii", "replace").upper()
            if found == digest:
                return True
            if found and found < digest:
                low = middle + 1
            else:
                high = middle
        lines.seek(0)
        return lines.readline(LINE).split(b":")[0].strip().decode("ascii", "replace").upper() == digest


def _in_service(url: str, digest: str) -> bool:
    """Only the first five of forty letters leave the desk. A service that is away stops nobody."""
    try:
        answer = httpx.get(f"{url}/{digest[:5]}", headers={"Add-Padding": "true"}, timeout=SECONDS)
        answer.raise_for_status()
    except httpx.HTTPError as problem:
        log.warning("breach_service_is_away", problem=type(problem).__name__)
        return False
    rows = (row.strip().upper().split(":") for row in answer.text.splitlines())
    return any(row[0] == digest[5:] and row[-1] != "0" for row in rows)
