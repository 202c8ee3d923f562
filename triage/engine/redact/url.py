"""Credentials in addresses and options: `scheme://user:password@host`, `curl -u user:password`."""

from collections.abc import Iterator

from .hit import Hit, Rank
from .judge import is_masked, is_placeholder, looks_random
from .pattern import compiled

PATTERN = r"://[^\s/?#\"'<>]*@|@(?:tcp|unix)\(|(?:\s-[ub]|--user|--proxy-user|-U)[ =]"
_COMPILED = compiled(
    r"://[^\s/:@\"'<>]*:([^\s/\"'<>]+)@"
    r"|://([A-Za-z0-9_\-.~]{12,})@"
    r"|(?:\s-u|--user|--proxy-user|-U)[ =][\"']?[^\s:\"'/]+:([^\s\"'/][^\s\"']*)"
    r"|[A-Za-z0-9_.\-]+:([^\s\"'<>/]+)@(?:tcp|unix)\("
    r"|\s-b +[\"']?[^\s=\"';]+=([^\"'\s]+)"
)
_COOKIES, _ALONE = 5, 2


def find_in_urls(text: str) -> Iterator[Hit]:
    for match in _COMPILED.finditer(text):
        group = next(number for number in range(1, 6) if match.span(number)[0] >= 0)
        start, end = match.span(group)
        word = text[start:end]
        if is_masked(word) or (is_placeholder(word) and word[0] in "$%<{["):
            continue
        if group != _ALONE or looks_random(word, 12):
            yield Hit("cookie" if group == _COOKIES else "url_password", start, end, Rank.WHOLE, shown="…")
