"""Words of one meaning under one name, in both languages: a pattern of a story writes `{works}` for all of them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .entries import read_entries
from .problem import Entry, Problem

FILE = Path(__file__).parent / "word_classes.yaml"
_NAMED = re.compile(r"\{([a-z_]+)\}")  # a repetition such as {0,16} holds no letters


@cache
def load_word_classes() -> Mapping[str, str]:
    """Patterns by name, ready to stand inside others. Raises ValueError where the file is wrong."""
    classes, problems = read_word_classes(FILE)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return MappingProxyType(classes)


def read_word_classes(path: Path) -> tuple[dict[str, str], list[Problem]]:
    problems: list[Problem] = []
    classes: dict[str, str] = {}
    for entry in read_entries(path, "id", problems):
        classes[entry.id] = _pattern(entry, classes)
        problems += entry.problems
    return classes, problems


def spell_out(pattern: str, classes: Mapping[str, str]) -> str:
    """The pattern with the words of every class that it names. Raises KeyError with a name that is unknown."""
    return _NAMED.sub(lambda named: classes[named[1]], pattern)


def _pattern(entry: Entry, known: Mapping[str, str]) -> str:
    """English words stand between word boundaries, Chinese ones anywhere; a class may name those before it."""
    entry.check_keys(required=frozenset({"id"}), optional=frozenset({"en", "zh"}))
    english, chinese = entry.texts("en"), entry.texts("zh")
    parts = [rf"\b(?:{'|'.join(english)})\b"] if english else []
    try:
        return "(?:" + "|".join(spell_out(part, known) for part in (*parts, *chinese)) + ")"
    except KeyError as unknown:
        entry.wrong(f"names a class that does not stand before it: {unknown}")
        return ""
