"""Text into tokens, alike for what is indexed and for what is asked. Pure.

A word gives itself and its parts (`gpt-4o`: gpt-4o, gpt, 4o). Chinese has no spaces: a run of it gives its
characters and each two that stand together, so that a word of any length is found.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 64  # characters of one token; longer words are known by their beginning
# Of these fields each beginning of a value is a token too. Few values stand in very many entries: to gather the entries
# of all that begin as asked takes a database long. Numbers and addresses have too many beginnings that nobody asks for.
BEGINNINGS_OF = frozenset({"status", "model", "provider", "cause", "tag"})
_HAN = "\u3005\u3006\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W{_HAN}]"
_RUN = re.compile(rf"[{_HAN}]+|{_LETTER}+(?:[.@+\-]{_LETTER}+)*")
_PART = re.compile(r"[^\W_]+")
_IS_HAN = re.compile(rf"[{_HAN}]")


def normalise(text: str) -> str:
    """One spelling for all: compatibility forms and case folded, unprintable characters out, single spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if not folded.isprintable():
        folded = "".join(_printed(character) for character in folded)
    return " ".join(folded.split())


def tokens_of(normalised: str) -> Iterator[str]:
    """Every token of a normalised text, in order, repeated as often as it stands there."""
    for run in runs_of(normalised):
        yield from _tokens_of_run(run)


def runs_of(normalised: str) -> list[str]:
    """Words and stretches of Chinese."""
    return [run for run in _RUN.findall(normalised) if _PART.search(run)]


def is_chinese(run: str) -> bool:
    return _IS_HAN.match(run) is not None


def asked_tokens(run: str) -> list[str]:
    """The tokens that an entry must have to hold this run: fewer than it gives when it is indexed."""
    if not is_chinese(run):
        return [run[:LONGEST]]
    return [run] if len(run) == 1 else _pairs(run)


def field_token(field: str, value: object) -> str:
    """One token for a whole value: `model=gpt-4o`. No word of a text can look like it."""
    return f"{field}={normalise(str(value)).replace(' ', '_')[:LONGEST]}"


def field_tokens(field: str, value: object) -> Iterator[str]:
    """All tokens of a whole value: itself, and its beginnings where they are kept."""
    yield field_token(field, value)
    if field in BEGINNINGS_OF:
        longest = beginning_token(field, value)
        first = longest.index("=") + 2
        yield from (longest[:end] for end in range(first, len(longest) + 1))


def beginning_token(field: str, beginning: object) -> str:
    """One token for all values that begin so: `model^=gpt-4`."""
    return field_token(f"{field}^", beginning)


def _tokens_of_run(run: str) -> Iterator[str]:
    if is_chinese(run):
        yield from run
        yield from _pairs(run)
        return
    yield run[:LONGEST]
    parts = _PART.findall(run)
    if len(parts) > 1 or parts[0] != run:
        yield from (part[:LONGEST] for part in parts)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _printed(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() or unicodedata.category(character) == "Cc" else ""
