"""What is shown of a secret, and what identifies it: prefix, last four, keyed fingerprint."""

import hashlib
import re
import unicodedata

from .shapes import shown_prefix
from .view import INVISIBLE

ELLIPSIS = "…"
_SHORTEST_WITH_TAIL = 12  # characters behind the prefix; of less, four would be too many to show
_BLANK = rf"(?:[\s{INVISIBLE}]|\\+[nrt]|\\+u00(?:20|0[aAdD9]|[aA]0)|%(?:20|0[aAdD9]))+"
_INNER_BLANK = re.compile(rf"(?<=\S){_BLANK}(?=\S)")
_BLANKS = re.compile(_BLANK)
_SCHEME = re.compile(
    r"\s*(?:[\w-]{0,32}authorization\s*[:=]\s*)?(?:(?:bearer|basic|key|token|apikey|api-key)(?:\s|%20|\\u0020|:)+"
    r"|bearer(?=sk-))",
    re.IGNORECASE,
)
_QUOTES = "\"'`“”‘’「」<>,;，；。"
_WITHOUT_SK = re.compile(r"[A-Za-z0-9]{48}")  # new-api and one-api store their tokens without "sk-"
_WITH_CHANNEL = re.compile(r"(sk-[A-Za-z0-9]{48})-\d{1,9}")


def mask(secret: str, raw: str, *, tail: bool = True) -> str:
    """`sk-proj-…ab12`; blanks that were copied into the key stay visible in the middle: `sk-…⏎  …ab12`."""
    prefix = shown_prefix(secret)
    blank = _INNER_BLANK.search(raw)
    middle = f"{ELLIPSIS}{blank[0]}{ELLIPSIS}" if blank else ELLIPSIS
    return prefix + middle + (last_four(secret) if tail else "")


def last_four(secret: str) -> str:
    """Empty where the secret is too short to show any of it."""
    compact = _BLANKS.sub("", secret)
    prefix = shown_prefix(compact)
    return compact[-4:] if len(compact) - len(prefix) >= _SHORTEST_WITH_TAIL else ""


def fingerprint_of(secret: str, pepper: bytes) -> str:
    """32 hex digits, the same however a key was pasted: with `Bearer`, quotes, blanks, a channel suffix."""
    key = pepper if len(pepper) <= hashlib.blake2b.MAX_KEY_SIZE else hashlib.blake2b(pepper).digest()
    normal = normalised(secret).encode("utf-8", "replace")
    return hashlib.blake2b(normal, key=key, digest_size=16).hexdigest()


def normalised(secret: str) -> str:
    bare = unicodedata.normalize("NFKC", secret).strip().strip(_QUOTES)
    scheme = _SCHEME.match(bare)
    bare = bare[scheme.end() :] if scheme else bare
    bare = _BLANKS.sub("", bare).strip(_QUOTES)
    if _WITHOUT_SK.fullmatch(bare):
        return "sk-" + bare
    channelled = _WITH_CHANNEL.fullmatch(bare)
    return channelled[1] if channelled else bare
