"""Lines of logs: the times they begin with, and the columns of a gateway's access log."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Page, occurrences

_TIME = re.compile(
    r"20\d\d[-/]\d{1,2}[-/]\d{1,2}[t ](?:- )?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_ACCESS = re.compile(  # [GIN] time | (tag |) request id | status | duration | address | method path
    r"\[gin\][^|\n]{0,60}\|(?:\s*[a-z]{1,20}\s*\|)?\s*(20\d{12}\w{8,32})?\s*\|?\s*(\d{3})\s*\|", re.ASCII
)


def read_log_lines(page: Page) -> Iterator[Reading]:
    for at in occurrences(page.digits, " 20", 12):
        if match := _TIME.match(page.low, at):
            yield Reading("occurred_at", page.text[at : match.end()], Span(at, match.end()), "log.time", 0.6)
    for at in occurrences(page.low, "[gin]", 8):
        if match := _ACCESS.match(page.low, at):
            yield from _of_access(page, match)


def _of_access(page: Page, match: re.Match[str]) -> Iterator[Reading]:
    status = int(match.group(2))
    yield Reading("http_status", status, Span(*match.span(2)), "log.access", 0.81 if status >= 400 else 0.26)
    if match.group(1):
        failed = 0.1 if status >= 400 else 0.0  # the id that failed, among all that were logged
        value = page.text[match.start(1) : match.end(1)]
        yield Reading("request_id", value, Span(*match.span(1)), "log.access", 0.62 + failed)
