"""Secret halves without a shape of their own, known by the access key id that stands near them."""

import re
from collections.abc import Iterator

from .hit import Hit, Rank
from .judge import is_digest, is_identifier, looks_random
from .pattern import compiled

PATTERN = r"(?:AKIA|ASIA|LTAI|AKLT|AKID|ALTAK)[A-Za-z0-9\-]{8}"
_COMPILED = compiled(r"(?:^|[^A-Za-z0-9])(AKIA|ASIA|LTAI|AKLT|AKID|ALTAK)[A-Za-z0-9\-+/=_]{8,}")
_WINDOW = 300
_EDGES = r"(?<![A-Za-z0-9+/=_\-.])({})(?![A-Za-z0-9+/_\-])"
_HALVES = {
    "AKIA": re.compile(_EDGES.format(r"[A-Za-z0-9+/]{40}")),
    "LTAI": re.compile(_EDGES.format(r"[A-Za-z0-9]{30}")),
    "AKLT": re.compile(_EDGES.format(r"[A-Za-z0-9+/_\-]{32,80}={0,2}")),
    "AKID": re.compile(_EDGES.format(r"[A-Za-z0-9]{32}")),
    "ALTAK": re.compile(_EDGES.format(r"[0-9a-f]{32}")),
}
_HALVES["ASIA"] = _HALVES["AKIA"]
_KINDS = {"AKIA": "aws_secret", "ASIA": "aws_secret", "LTAI": "aliyun_secret", "AKLT": "volcengine_secret"}


def find_companions(text: str) -> Iterator[Hit]:
    done = 0
    for match in _COMPILED.finditer(text):
        vendor = match[1]
        start = max(done, match.start() - _WINDOW)
        done = min(len(text), match.end() + _WINDOW)
        for half in _HALVES[vendor].finditer(text, start, done):
            word = half[1]
            if looks_random(word, 24) and not (
                is_digest(word) or is_identifier(word) or word.startswith(vendor)
            ):
                yield Hit(_KINDS.get(vendor, "api_key"), *half.span(1), Rank.LABELLED)
