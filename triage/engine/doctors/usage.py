"""The token counts that an answer states about itself, in the names of each format."""

import re
from dataclasses import dataclass

_INPUT = re.compile(r"(?:prompt_tokens|input_tokens|promptTokenCount)\\?[\"']?\s{0,3}[:=]\s{0,3}(\d{1,9})\b")
_OUTPUT = re.compile(
    r"(?:completion_tokens|output_tokens|candidatesTokenCount)\\?[\"']?\s{0,3}[:=]\s{0,3}(\d{1,9})\b"
)


@dataclass(frozen=True, slots=True)
class Usage:
    input_tokens: int
    output_tokens: int


def read_usage(text: str) -> Usage | None:
    """The last counts in the text; None where it states none."""
    if "oken" not in text:
        return None
    given, made = _last(_INPUT, text), _last(_OUTPUT, text)
    return None if given is None and made is None else Usage(given or 0, made or 0)


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.findall(text)
    return int(found[-1]) if found else None
