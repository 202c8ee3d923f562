"""Keys that copying broke in two or more: `sk-abc⏎  def…`. Are the pieces one key?"""

import re
from collections.abc import Iterator

from .hit import Hit, Rank
from .judge import is_identifier, looks_random
from .pattern import compiled
from .shapes import EDGE, kind_of

_PREFIXES = r"sk-|AIza|gsk_|xai-|pplx-|nvapi-|hf_|r8_|ghp_|github_pat_|glpat-|eyJ|AKIA|LTAI|sk_live_|sk_"
_GAP = r"(?:[ \t]*(?:\\+r|\r)?(?:\\+n|\n)(?:[ \t>|]|\\+t)*|[ \t]{1,4}|\\+t)"
PATTERN = rf"{EDGE}((?:{_PREFIXES})[A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]+)*){_GAP}[A-Za-z0-9_\-]"
_COMPILED = compiled(PATTERN)
_NEXT = re.compile(rf"({_GAP})([A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*)")
_MOST_PIECES = 12
_LEAST = 20

# Whole lengths, where a vendor has fixed ones: a key of such a length is complete and goes on no further.
_LENGTHS: tuple[tuple[str, frozenset[int]], ...] = (
    ("sk-ant-", frozenset({108})),
    ("sk-or-v1-", frozenset({73})),
    ("sk-proj-", frozenset({132, 156, 164})),
    ("sk-", frozenset({35, 51})),
    ("AIza", frozenset({39})),
    ("gsk_", frozenset({56})),
    ("xai-", frozenset({84})),
    ("pplx-", frozenset({53})),
    ("nvapi-", frozenset({70})),
    ("hf_", frozenset({37})),
    ("r8_", frozenset({40})),
    ("ghp_", frozenset({40})),
    ("AKIA", frozenset({20})),
    ("LTAI", frozenset({24})),
    ("sk_", frozenset({51})),
)


def find_split(text: str) -> Iterator[Hit]:
    for match in _COMPILED.finditer(text):
        start, end = match.span(1)
        whole, last = _joined(text, match[1], end)
        if last > end and len(whole) >= _LEAST:
            yield Hit(kind_of(whole), start, last, Rank.SHAPE, secret=whole)


def _joined(text: str, first: str, end: int) -> tuple[str, int]:
    whole = first
    for _ in range(_MOST_PIECES):
        following = _NEXT.match(text, end)
        if following is None or not _continues(whole, following, text):
            break
        whole += following[2]
        end = following.end()
    return whole, end


def _continues(whole: str, following: re.Match[str], text: str) -> bool:
    gap, run = following.groups()
    lengths = next((lengths for prefix, lengths in _LENGTHS if whole.startswith(prefix)), frozenset[int]())
    if len(whole) in lengths or text[following.end() : following.end() + 1] in {":", "=", "("}:
        return False
    if is_identifier(run):
        return False
    if len(whole) + len(run) in lengths and (len(run) < 8 or not run.isalpha() or not run.islower()):
        return True
    if "n" in gap or "\n" in gap:
        return looks_random(run)
    return looks_random(run, 12) and "." not in run and run.lower() != run
