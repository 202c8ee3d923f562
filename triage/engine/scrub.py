"""What tells one case from another, taken out of a text that others will read: names, keys, ids, addresses, hosts."""

import re
from collections.abc import Collection

import re2

from .redact import redact

GAP = "…"
WHOLE_WORD = 4  # shorter names are only taken out where they stand alone
_PEPPER = b"scrub"  # nothing is kept of what is found
_MASK = re2.compile(r"[\w.+@-]*(?:…|\*{3,})[\w.+@-]*")
_OF_ONE_CASE = re2.compile(  # linear whatever stands there
    r"(?i)\b(?:https?|wss?|ftp)://[^\s\"'<>()，。）]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)*"
    r"|@\w+"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
    r"|\b(?:req|org|proj|user|task|call|toolu|msg|chatcmpl|resp|file|gen|cgt|sess|asst|run|acct|cus|key|id)[_-]\w*\d[\w-]*"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b"
    r"|\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?"
    r"|\b(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+(?::\d+)?\b"
    r"|(?:[A-Za-z]:)?(?:[/\\](?:home|users|var|root|srv|opt|tmp|app)[/\\])[\w./\\@-]+"
    r"|\b\d{5,}\b"
)
_RUN = re.compile(r"[A-Za-z0-9_-]{8,}", re.ASCII)
_HEX = re.compile(r"[0-9a-fA-F]+")
LONG = 12
_GAPS = re.compile(rf"{GAP}(?:[\s{GAP}]*{GAP})+")


def scrub(text: str, known: Collection[str] = ()) -> str:
    """Each of these becomes one GAP. `known` are the names and ids of the cases that the text comes from.

    Linear in the length of the text for each known value.
    """
    text = without_values(text, known)
    redacted = redact(text, pepper=_PEPPER)
    text = redacted.text
    for finding in reversed(redacted.findings):
        text = text[: finding.span.start] + GAP + text[finding.span.end :]
    for pattern in (_MASK, _OF_ONE_CASE):
        text = pattern.sub(_gap, text)
    text = _RUN.sub(_unless_plain, text)
    return _GAPS.sub(GAP, without_values(text, known))


def without_values(text: str, known: Collection[str]) -> str:
    for value in sorted({each.strip() for each in known}, key=len, reverse=True):
        if value and value != GAP:
            text = _pattern(value).sub(GAP, text)
    return text


def _pattern(value: str) -> re.Pattern[str]:
    words = re.escape(value)
    if len(value) < WHOLE_WORD and value.isascii():
        words = rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])"
    return re.compile(words, re.IGNORECASE)


def _gap(found: object) -> str:
    return GAP


def _unless_plain(found: re.Match[str]) -> str:
    """Long runs of letters and digits name something of one case; words and codes of machines have no digits."""
    run = found.group()
    tells = any(sign.isdigit() for sign in run) and (len(run) >= LONG or _HEX.fullmatch(run))
    return GAP if tells else run
