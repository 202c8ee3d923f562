"""What two versions of a kept content have otherwise, field by field: of articles and of canned replies alike.

Shape of a content: facts by name, and "texts": {language: {part: words}}.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .text_diff import changed_lines

Content = dict[str, Any]


class NewerVersion(Exception):
    """Somebody saved a newer version since the one that this edit began with."""

    def __init__(self, newest: Any) -> None:
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, in one language or in all: lines that went and came. `kind` is kept, gone or come."""

    language: str
    field: str
    lines: list[tuple[str, str]]

    @property
    def place(self) -> str:
        return f"{self.language} {self.field}".strip()

    def without(self, kind: str) -> str:
        return "\n".join(line for each, line in self.lines if each != kind)


def compared(
    before: Content, after: Content, *, facts: Sequence[str], parts: Sequence[str]
) -> Iterator[Difference]:
    for name in facts:
        if before[name] != after[name]:
            yield Difference("", name, changed_lines(before[name], after[name]))
    for language in dict.fromkeys([*before["texts"], *after["texts"]]):
        one, other = before["texts"].get(language, {}), after["texts"].get(language, {})
        for name in parts:
            if one.get(name) != other.get(name):
                yield Difference(language, name, changed_lines(one.get(name), other.get(name)))


def sides(differences: Iterable[Difference]) -> Mapping[str, dict[str, str]]:
    """As the audit keeps it: "before" and "after", each the words by their place."""
    changed = list(differences)
    return {
        "before": {each.place: each.without("come") for each in changed},
        "after": {each.place: each.without("gone") for each in changed},
    }
