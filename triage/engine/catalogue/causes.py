"""Turning one YAML mapping into a Cause."""

import re

from ..verdict import Cause, Place, Verdict
from .problem import Entry
from .words import words

REQUIRED = frozenset(
    {"slug", "verdict", "layer", "title", "plain", "check", "admin", "escalate", "retry_helps", "usual"}
)
_SLUG = re.compile(r"[a-z]+\.[a-z0-9_]+|unknown")


def read_cause(entry: Entry) -> Cause:
    entry.check_keys(required=REQUIRED)
    if not _SLUG.fullmatch(entry.id):
        entry.wrong("slug must be family.name in small letters")
    retry_helps = entry.raw.get("retry_helps", False)
    if not isinstance(retry_helps, bool):
        entry.wrong("retry_helps must be true or false")
    usual = entry.raw.get("usual", 1)
    if isinstance(usual, bool) or not isinstance(usual, int | float) or not 0 < usual < 100:
        entry.wrong("usual must be a number of tickets in a hundred")
        usual = 1
    return Cause(
        slug=entry.id,
        verdict=Verdict(_choice(entry, "verdict", tuple(Verdict))),
        layer=Place(_choice(entry, "layer", tuple(Place))),
        title=words(entry, "title"),
        plain=words(entry, "plain"),
        check=words(entry, "check"),
        admin=words(entry, "admin"),
        escalate=words(entry, "escalate"),
        retry_helps=retry_helps is True,
        usual=float(usual),
    )


def _choice(entry: Entry, key: str, allowed: tuple[str, ...]) -> str:
    value = entry.raw.get(key)
    if value in allowed:
        return str(value)
    if key in entry.raw:
        entry.wrong(f"{key} must be one of {', '.join(allowed)}, not {value!r}")
    return allowed[0]
