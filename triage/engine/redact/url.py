"""Credentials in addresses: `scheme://user:password@host`, `scheme://token@host`, `curl -u user:password`."""

from collections.abc import Iterator

import re2

from .hit import Hit, Rank
from .judge import is_masked, is_placeholder, looks_random

PATTERN = r"://[^\s/?#\"'<>]*@|(?:\s-u|--user|--proxy-user|-U)[ =]"
_COMPILED = re2.compile(
    r"://[^\s/:@\"'<>]*:([^\s/\"'<>]+)@"
    r"|://([A-Za-z0-9_\-.~]{12,})@"
    r"|(?:\s-u|--user|--proxy-user|-U)[ =][\"']?[^\s:\"'/]{1,256}:([^\s\"'/][^\s\"']{0,512})"
)


def find_in_urls(text: str) -> Iterator[Hit]:
    for match in _COMPILED.finditer(text):
        password, alone, by_option = match.span(1), match.span(2), match.span(3)
        if alone[0] >= 0:
            if looks_random(text[slice(*alone)], 12):
                yield Hit("url_password", *alone, Rank.WHOLE, shown="…")
            continue
        start, end = password if password[0] >= 0 else by_option
        word = text[start:end]
        if not is_masked(word) and not (is_placeholder(word) and word[0] in "$%<{["):
            yield Hit("url_password", start, end, Rank.WHOLE, shown="…")
