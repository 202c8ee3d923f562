"""What changed between two texts, line by line."""

from difflib import SequenceMatcher
from typing import Any


def changed_lines(before: Any, after: Any) -> list[tuple[str, str]]:
    """Lines of the later text and of the earlier one, each as kept, gone or come. A list is its lines."""
    one, other = _as_lines(before), _as_lines(after)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [("kept", line) for line in one[a:b]]
        else:
            found += [("gone", line) for line in one[a:b]] + [("come", line) for line in other[c:d]]
    return found


def _as_lines(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [] if value is None else str(value).splitlines()
