"""Names as people write them: `open web ui` also stands for OpenWebUI, open-webui and open_web_ui."""

import re
from collections.abc import Iterator

BLANK = "␣"  # stands for a blank inside a cue word


def spellings(name: str) -> str:
    """An expression for a name whose words may be joined, hyphenated or parted."""
    return r"[ _-]?".join(re.escape(word) for word in name.split())


def expression(names: str) -> str:
    """One expression for names parted by commas, the longest first."""
    parts = sorted((name.strip() for name in names.split(",")), key=len, reverse=True)
    return "|".join(spellings(part) for part in parts)


def cue_words(names: str) -> str:
    """Literals with which every spelling of the names begins, as `Cue.at` wants them (which parts by blanks)."""
    return " ".join(sorted({start for name in names.split(",") for start in _starts(name.split())}))


def _starts(words: list[str]) -> Iterator[str]:
    if len(words) == 1:
        yield words[0]
        return
    for joint in ("", "-", "_", BLANK):
        yield words[0] + joint + words[1]


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text; a plain loop takes half the time of `any`."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False
