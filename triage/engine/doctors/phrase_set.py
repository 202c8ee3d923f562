"""Which of many phrases a text holds, found in one linear pass."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

import re2

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
