"""Finds phrases in linear time: which of many a text holds, and where one of them stands."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

import re2

MOST_PLACES = 50  # enough for any answer; a text that repeats one word for ever costs no more

Name = TypeVar("Name", bound=Hashable)


class PhraseSet(Generic[Name]):
    """Patterns are RE2, case-insensitive; several patterns may carry one name."""

    def __init__(self, patterns: Iterable[tuple[Name, str]]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        self._names: list[Name] = []
        self._set = re2.Set.SearchSet(options)
        for name, pattern in patterns:
            self._set.Add(pattern)
            self._names.append(name)
        self._set.Compile()

    def found(self, text: str) -> set[Name]:
        hits = self._set.Match(text.encode("utf-8", "replace"))  # None where nothing is found
        return {self._names[index] for index in hits or ()}


class Phrase:
    """One RE2 pattern, case-insensitive."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re2.compile(f"(?i){pattern}")

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """The first MOST_PLACES hits, as start and end."""
        hits = self._pattern.finditer(_encodable(text))
        return ((hit.start(), hit.end()) for hit in islice(hits, MOST_PLACES))

    def groups(self, text: str) -> tuple[str | None, ...] | None:
        """The groups of the first hit."""
        hit = self._pattern.search(_encodable(text))
        return None if hit is None else tuple(hit.groups())


def _encodable(text: str) -> str:
    """Lone surrogates become question marks, one for one, so that places stay true."""
    return text.encode("utf-8", "replace").decode()
