"""curl commands: what was called, without its headers' values."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Page
from .urls import as_endpoint, is_document

_COMMAND = re.compile(
    r"curl\s[^\n]{0,400}?(https?://[\w.*:\[\]{}-]{1,120})(/[\w.~:@%{}/*-]{1,200})?", re.ASCII
)


def read_curl(page: Page) -> Iterator[Reading]:
    if "curl" not in page.words:
        return
    for at in page.places("curl"):
        match = _COMMAND.match(page.low, at)
        if match is None or match.group(2) is None:
            continue
        endpoint = as_endpoint(match.group(2))
        if endpoint and not is_document(match.group(1), match.group(2)):
            start = match.start(2) + match.group(2).find(endpoint)
            span = Span(start, start + len(endpoint))
            yield Reading("endpoint", page.text[span.start : span.end], span, "curl.url", 0.79)
