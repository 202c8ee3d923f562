"""Finds the JSON-like objects of a text, also inside the strings of other objects, at any depth of escaping."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..evidence import Span
from .lenient import Node, parse, unescape

MAX_BODIES = 24
MAX_ESCAPED = 20_000
MAX_LEVELS = 6

_START = re.compile(
    r"""(?:\[\s{0,20}+(?:\\{1,8}+n\s{0,20}+)?)?\{(?:\s|\\{1,8}+[nrt]){0,40}+"""
    r"""(\\{0,15}+)(?:["'][\w$@. -]{1,60}+\\*+["']\s*+[:=]|[A-Za-z_]\w{0,40}+\s?:\s)"""
)
_LAYERS_OF_BACKSLASH = {0: 0, 1: 1, 3: 2, 7: 3, 15: 4}


@dataclass(frozen=True, slots=True)
class Body:
    """One object found in a text. The span tells where it stands in that text."""

    node: Node
    span: Span


def bodies(text: str) -> Iterator[Body]:
    """Outermost objects in the order of the text."""
    at = count = 0
    while count < MAX_BODIES and (start := _START.search(text, at)):
        count += 1
        layers = _LAYERS_OF_BACKSLASH.get(len(start.group(1)), 1 if start.group(1) else 0)
        if not layers and "\\" in start.group():
            layers = 1
        node, end = _escaped(text, start.start(), layers) if layers else parse(text, start.start())
        at = max(end, start.start() + 1)
        if node:
            yield Body(node, Span(start.start(), at))


def _escaped(text: str, start: int, layers: int) -> tuple[Node, int]:
    """An object whose own quotes carry backslashes. Its end is found by its share of the unescaped text."""
    inner = text[start : start + MAX_ESCAPED]
    for _ in range(layers):
        inner = unescape(inner)
    node, end = parse(inner, 0)
    last = inner[max(0, end - 12) : end].strip()[-1:]
    close = text.find(last, min(start + end - 1, len(text))) if last else -1
    return node, close + 1 if 0 <= close < start + MAX_ESCAPED else min(start + end, len(text))
