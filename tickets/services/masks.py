"""Masks of secrets, as redaction leaves them in a text, made visible."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

# `sk-proj-…ab12`, `…ab12`, `"password": "…"`; no ellipsis that ends a word or stands between blanks.
MASK = re.compile(
    r"[A-Za-z0-9]{2,12}[-_](?:[\w-]{1,12}[-_])?…(?:\s+…)?\w{0,4}|(?<!\w)…\w{4}\b|(?<=[\"'=:])…(?=[\"'\s]|$)"
)


def shown_masked(text: str) -> SafeString:
    """The text with every mask of a secret shown as one; all else is escaped as usual."""
    if "…" not in text:  # as most are: to look for the words before one takes twenty times as long
        return escape(text)
    pieces: list[SafeString] = []
    done = 0
    for mask in MASK.finditer(text):
        pieces += (escape(text[done : mask.start()]), format_html('<i class="redacted">{}</i>', mask[0]))
        done = mask.end()
    return SafeString("".join((*pieces, escape(text[done:]))))
