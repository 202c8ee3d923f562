"""Where a path such as `messages[2].role` stands in the text of a JSON body."""

import json
import re

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_LINE = re.compile(r"line (\d+), column (\d+)$")
_BLANK = re.compile(r"[ \t\n\r]*")
_KEY = re.compile(r'"(?:[^"\\]|\\.)*+"')
_decoder = json.JSONDecoder(strict=False)


def line_of(body: str, path: str) -> int | None:
    """The line, counted from 1, where the path stands, or what of it exists; None for what is not there.

    `line 3, column 7`, as findings about broken JSON say it, is understood too.
    """
    told = _LINE.fullmatch(path)
    if told:
        return int(told[1])
    try:
        at = _offset(body, _PART.findall(path))
    except (ValueError, RecursionError):
        return None
    return None if at is None else body.count("\n", 0, at) + 1


def _offset(body: str, parts: list[tuple[str, str]]) -> int | None:
    """Follows the path; where it ends early, the last place that exists is the answer."""
    at, found = _skip(body, 0), None
    for name, number in parts:
        entry = _in_object(body, at, name) if name else _in_list(body, at, int(number))
        if entry is None:
            break
        found, at = entry
    return found


def _in_object(body: str, at: int, name: str) -> tuple[int, int] | None:
    """Where the key begins, and where its value does."""
    if body[at : at + 1] != "{":
        return None
    at = _skip(body, at + 1)
    while key := _KEY.match(body, at):
        value = _skip(body, _skip(body, key.end()) + 1)  # past the colon
        if json.loads(key[0], strict=False) == name:
            return at, value
        at = _next(body, value)
    return None


def _in_list(body: str, at: int, number: int) -> tuple[int, int] | None:
    if body[at : at + 1] != "[":
        return None
    at = _skip(body, at + 1)
    for _ in range(number):
        if body[at : at + 1] in ("]", ""):
            return None
        at = _next(body, at)
    return None if body[at : at + 1] in ("]", "") else (at, at)


def _next(body: str, value: int) -> int:
    """The entry after the value that begins here, or the closing bracket."""
    _, end = _decoder.raw_decode(body, value)
    end = _skip(body, end)
    return _skip(body, end + 1) if body[end : end + 1] == "," else end


def _skip(body: str, at: int) -> int:
    blank = _BLANK.match(body, at)
    return blank.end() if blank else at
