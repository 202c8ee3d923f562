"""HTML pages where JSON was expected: their title is the message."""

import re
from collections.abc import Iterator

from ..evidence import Layer, Reading, Span
from .cue import Page

_TITLE = re.compile(r"<(title|h1)[^>]{0,80}>\s{0,20}([^<]{1,200})")
_HOST = re.compile(
    r"([\w-]{1,60}(?:\.[\w-]{1,60}){1,4}) \| [45]\d\d: ", re.ASCII
)  # as Cloudflare titles its pages
_BOTH = re.compile(r"\b([1-5]\d\d)\b")
_STARTS = ("<!doctype", "<html", "<title", "<center><h1", "<head")


def is_html(page: Page) -> bool:
    return "<" in page.low and any(start in page.low for start in _STARTS)


def read_page(page: Page) -> Iterator[Layer]:
    """One layer for the page: its title, else its first heading."""
    if not is_html(page):
        return
    if match := _TITLE.search(page.low):
        words = page.text[match.start(2) : match.end(2)].strip()
        number = _BOTH.search(words)
        status = int(number.group(1)) if number and int(number.group(1)) >= 400 else None
        yield Layer(words, http_status=status, span=Span(*match.span(2)))


def read_host(page: Page) -> Iterator[Reading]:
    """The host that the page of an edge names in its title."""
    title = _TITLE.search(page.low) if is_html(page) else None
    host = _HOST.match(page.low, title.start(2)) if title else None
    if host:
        yield Reading(
            "base_url", page.text[host.start(1) : host.end(1)], Span(*host.span(1)), "html.title", 0.3
        )
