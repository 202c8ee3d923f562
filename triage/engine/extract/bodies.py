"""Finds the JSON-like objects of a text, also inside the strings of other objects, at any depth of escaping."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..evidence import Span
from .lenient import Node, parse, unescape

MAX_BODIES = 24
MAX_ESCAPED = 20_000
MAX_LEVELS = 6

# After the brace: blanks (also escaped ones), then a key in quotes (group 1: their backslashes) or a bare one.
_OPENING = re.compile(
    r"""\{((?:\s|\\{1,8}+[nrt]){0,40}+)(\\{0,15}+)(?:["'][\w$@. -]{1,60}+\\*+["']\s*+[:=]|[A-Za-z_]\w{0,40}+\s?:\s)"""
)
_LAYERS_OF_BACKSLASH = {0: 0, 1: 1, 3: 2, 7: 3, 15: 4}


@dataclass(frozen=True, slots=True)
class Body:
    """One object found in a text. The span tells where it stands in that text."""

    node: Node
    span: Span


def bodies(text: str) -> Iterator[Body]:
    """Outermost objects in the order of the text."""
    count, at = 0, text.find("{")
    while at >= 0 and count < MAX_BODIES:
        end = at + 1
        if opening := _OPENING.match(text, at):
            count += 1
            start = _start(text, at)
            node, end = _read(text, start, opening)
            if node:
                yield Body(node, Span(start, end))
        at = text.find("{", end)


def _start(text: str, brace: int) -> int:
    """The bracket of the list that the object opens, where there is one."""
    before = text[max(0, brace - 24) : brace].rstrip(" \t\r\n")
    return brace - (min(24, brace) - len(before)) - 1 if before.endswith("[") else brace


def _read(text: str, start: int, opening: re.Match[str]) -> tuple[Node, int]:
    layers = _LAYERS_OF_BACKSLASH.get(len(opening.group(2)), 1)
    if not layers and "\\" in opening.group(1):
        layers = 1
    node, end = _escaped(text, start, layers) if layers else parse(text, start)
    return node, max(end, opening.start() + 1)


def _escaped(text: str, start: int, layers: int) -> tuple[Node, int]:
    """An object whose own quotes carry backslashes. Its end is found by its share of the unescaped text."""
    inner = text[start : start + MAX_ESCAPED]
    for _ in range(layers):
        inner = unescape(inner)
    node, end = parse(inner, 0)
    last = inner[max(0, end - 12) : end].strip()[-1:]
    close = text.find(last, min(start + end - 1, len(text))) if last else -1
    return node, close + 1 if 0 <= close < start + MAX_ESCAPED else min(start + end, len(text))
