"""RE2 patterns that keep their complaints to themselves: where a cache is full, RE2 goes on, only slower."""

from collections.abc import Iterable
from typing import Any

import re2

_MEMORY = 32 << 20


def compiled(pattern: str) -> Any:
    return re2.compile(pattern, _options())


def compiled_set(patterns: Iterable[str]) -> Any:
    """`Match(text)` answers with the numbers of the patterns that occur, or None."""
    built = re2.Set.SearchSet(_options())
    for pattern in patterns:
        built.Add(pattern)
    built.Compile()
    return built


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return options
