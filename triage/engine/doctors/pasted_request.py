"""Finds the request in what was pasted: a JSON body alone, a curl command, or a raw HTTP request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .json_slips import parse
from .shell_words import words_of

_COMMAND = re.compile(r"(?:^|[\s$>`])curl(?:\.exe)?[ \t]", re.MULTILINE)
_HEAD = re.compile(r"^(?:POST|PUT|PATCH)[ \t]+(\S{1,500})(?:[ \t]+HTTP/[\d.]+)?[ \t]*$", re.MULTILINE)
_DATA = {"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"}
_WITH_VALUE = {
    "-H", "--header", "-X", "--request", "-o", "--output", "-u", "--user", "-A", "--user-agent", "-x",
    "--proxy", "-m", "--max-time", "--connect-timeout", "-b", "--cookie", "-e", "--referer", "-w", "--write-out",
    "-F", "--form", "--data-urlencode", "--retry", "--resolve", "--cacert", "-c", "--cookie-jar", "-D",
}  # fmt: skip
_ASKS = ("messages", "input", "prompt", "contents", "image", "images", "content", "tools")


@dataclass(frozen=True, slots=True)
class PastedRequest:
    """`body` is what would be sent, "" where none was found. `in_file` says that curl reads it from a file."""

    body: str
    url: str = ""
    in_file: bool = False
    from_command: bool = False

    @property
    def endpoint(self) -> str:
        return path_of_url(self.url)


def read_request(text: str) -> PastedRequest:
    """Never raises. Without a command or a request line, the text itself is the body."""
    command = _COMMAND.search(text)
    if command and not text.lstrip().startswith(("{", "[")):
        return _from_words(words_of(text[command.end() :]))
    head = _HEAD.search(text)
    brace = text.find("{")
    if head and head.start() < (brace if brace >= 0 else len(text)):
        return PastedRequest(text[brace : text.rfind("}") + 1] if brace >= 0 else "", head[1])
    return PastedRequest(text.strip())


def body_within(text: str) -> tuple[Mapping[str, Any], str] | None:
    """A request body inside a longer text, with the endpoint where a command names it; None without one.

    Only what reads as JSON and has what a request has counts: answers and errors have no `messages`.
    """
    if not any(f'{name}"' in text for name in ("model", *_ASKS[:4])):
        return None
    command = _COMMAND.search(text)
    if command:
        request = _from_words(words_of(text[command.end() :]))
        value = _request(request.body)
        if value is not None:
            return value, request.endpoint
    head = _HEAD.search(text)
    endpoint = path_of_url(head[1]) if head else ""
    for brace in _openings(text):
        value = _request(_object_at(text, brace))
        if value is not None:
            return value, endpoint
    return None


def path_of_url(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _from_words(words: list[str]) -> PastedRequest:
    bodies: list[str] = []
    url, in_file = "", False
    waiting = iter(words)
    for word in waiting:
        option, glued, value = _option(word)
        if option in _DATA:
            data = value if glued else next(waiting, "")
            in_file = in_file or data.startswith("@")
            bodies += [] if data.startswith("@") else [data]
        elif option == "--url":
            url = value if glued else next(waiting, "")
        elif option in _WITH_VALUE and not glued:
            next(waiting, "")
        elif not word.startswith("-") and not url:
            url = word
    return PastedRequest("&".join(bodies), url, in_file and not bodies, from_command=True)


def _option(word: str) -> tuple[str, bool, str]:
    """The option, whether its value is glued to it (`--json={}`, `-d{}`), and that value."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, bool(equals), value
    if word.startswith("-") and len(word) > 2 and word[:2] in _DATA | {"-H", "-X"}:
        return word[:2], True, word[2:]
    return word, False, ""


def _openings(text: str) -> list[int]:
    """The first braces that open an object with a key; more than these no pasted text needs."""
    return [found.start() for found, _ in zip(_OPENING.finditer(text), range(12), strict=False)]


_OPENING = re.compile(r'\{\s{0,40}"(?:model|messages|input|prompt|contents|stream|max_tokens|temperature)"')


def _object_at(text: str, at: int) -> str:
    """From the brace to its partner, strings passed over."""
    depth = 0
    for found in _BRACKETS.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return text[at : found.end()]
    return ""


_BRACKETS = re.compile(r'[{}]|"(?:[^"\\]|\\.)*+"', re.DOTALL)


def _request(body: str) -> Mapping[str, Any] | None:
    value, broken = parse(body) if body else (None, None)
    if broken is not None or not isinstance(value, Mapping):
        return None
    return value if any(name in value for name in _ASKS) and "error" not in value else None
