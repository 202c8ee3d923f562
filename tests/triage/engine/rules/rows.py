"""Tables of cases, grouped by the cause that must be named."""

from collections.abc import Mapping, Sequence


def in_rows(cases: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """From `cause: texts` to rows of (text, cause)."""
    return [(text, cause) for cause, texts in cases.items() for text in texts]
