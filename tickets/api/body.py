"""A body of many rows: a JSON array or one JSON object a line, plain or gzip."""

from typing import Any

from django.http import HttpRequest

from tickets.services.failure.parsing import BadBody, TooLarge, parsed, unpacked

from .errors import ApiError

KNOWN_ENCODINGS = ("", "identity", "gzip", "x-gzip")


def rows_of(request: HttpRequest) -> list[object]:
    """One that could not be parsed stands there as the BadRow that says why."""
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in KNOWN_ENCODINGS:
        raise ApiError(415, "encoding", "Send the body plain or with Content-Encoding: gzip.")
    try:
        return parsed(unpacked(request.body))
    except TooLarge as problem:
        raise ApiError(413, "too_large", str(problem)) from problem
    except BadBody as problem:
        raise ApiError(400, "bad_request", str(problem)) from problem


def body_of(row: dict[str, Any], *, most: int) -> dict[str, Any]:
    """As the description of the API tells of it."""
    return {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "array", "maxItems": most, "items": row}},
            "application/x-ndjson": {"schema": row},
        },
    }
