"""The failed calls of a HAR export as people read them: request line, headers, answer, body."""

import json
from collections.abc import Iterator

from .har import entries_of, is_har
from .lenient import Node

MOST_CALLS = 10
MOST_OF_A_BODY = 8_000  # characters
TELLING = (
    "api-key",
    "authorization",
    "x-api-key",
    "content-type",
    "date",
    "retry-after",
    "server",
    "user-agent",
    "via",
)


def har_transcript(text: str) -> str:
    """A shorter text of the same calls; empty where this is no HAR export.

    The failed calls only, the last ones; the last call where none failed.
    """
    try:
        node: Node = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not is_har(node):
        return ""
    entries = [entry for entry in entries_of(node) if isinstance(entry, dict)]
    failed = [entry for entry in entries if _failed(entry)]
    return "\n\n".join(_transcript(entry) for entry in (failed[-MOST_CALLS:] or entries[-1:]))


def _failed(entry: dict[str, Node]) -> bool:
    status = _part(entry, "response").get("status")
    return isinstance(status, int) and (status == 0 or status >= 400)


def _transcript(entry: dict[str, Node]) -> str:
    request, response = _part(entry, "request"), _part(entry, "response")
    status = response.get("status")
    lines = [
        f"{_word(entry, 'startedDateTime')} {_word(request, 'method')} {_word(request, 'url')}".strip(),
        *_headers(request),
        *_body(_part(request, "postData")),
        "",
        f"HTTP/1.1 {status} {_word(response, 'statusText')}".strip() if status else "no answer came back",
        *_headers(response),
        *_body(_part(response, "content")),
    ]
    error = _word(response, "_error")
    return "\n".join([*lines, *((error,) if error else ())])


def _headers(part: dict[str, Node]) -> Iterator[str]:
    """Those that tell something; a browser records two dozen."""
    headers = part.get("headers")
    for header in headers if isinstance(headers, list) else ():
        if isinstance(header, dict):
            name = _word(header, "name").lower()
            if name in TELLING or "request-id" in name or "ratelimit" in name or "error" in name:
                yield f"{name}: {_word(header, 'value')}"


def _body(part: dict[str, Node]) -> Iterator[str]:
    body = _word(part, "text")
    if body and part.get("encoding") != "base64":
        yield ""
        yield body if len(body) <= MOST_OF_A_BODY else body[:MOST_OF_A_BODY] + " […]"


def _part(node: dict[str, Node], name: str) -> dict[str, Node]:
    part = node.get(name)
    return part if isinstance(part, dict) else {}


def _word(node: dict[str, Node], name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""
