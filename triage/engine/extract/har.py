"""HAR exports of a browser: the request that failed, out of all that were recorded."""

from collections.abc import Iterator, Mapping

from ..evidence import Reading, Span
from .lenient import Node
from .urls import as_endpoint

MAX_ENTRIES = 500


def is_har(node: Node) -> bool:
    log = node.get("log") if isinstance(node, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def read_har(node: Node, span: Span) -> Iterator[Reading]:
    """Status, path and time of the last failed entry, else of the last entry."""
    entries = [entry for entry in entries_of(node) if isinstance(entry, dict)]
    failed = [entry for entry in entries if _status(entry) >= 400 or _status(entry) == 0]
    for entry in (failed or entries)[-1:]:
        yield from _of_entry(entry, span)


def entries_of(node: Node) -> list[Node]:
    """The recorded calls, the last MAX_ENTRIES of them."""
    log = node.get("log") if isinstance(node, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    return entries[-MAX_ENTRIES:] if isinstance(entries, list) else []


def _status(entry: Mapping[str, Node]) -> int:
    response = entry.get("response")
    status = response.get("status") if isinstance(response, dict) else None
    return status if isinstance(status, int) and not isinstance(status, bool) else -1


def _of_entry(entry: Mapping[str, Node], span: Span) -> Iterator[Reading]:
    if 100 <= _status(entry) <= 599:
        yield Reading("http_status", _status(entry), span, "har.status", 0.9)
    request = entry.get("request")
    url = request.get("url") if isinstance(request, dict) else None
    if isinstance(url, str) and "://" in url:
        path = "/" + url.split("://", 1)[1].partition("/")[2].split("?")[0]
        if endpoint := as_endpoint(path):
            yield Reading("endpoint", endpoint, span, "har.url", 0.85)
    started = entry.get("startedDateTime")
    if isinstance(started, str):
        yield Reading("occurred_at", started, span, "har.time", 0.8)
