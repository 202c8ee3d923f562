"""Names as people write them: `open web ui` also stands for OpenWebUI, open-webui and open_web_ui."""

import re
from itertools import pairwise


def spellings(name: str) -> str:
    """An expression for a name whose words may be joined, hyphenated or parted."""
    return r"[ _-]?".join(re.escape(word) for word in name.split())


def expression(names: str) -> str:
    """One expression for names parted by commas, the longest first."""
    parts = sorted((name.strip() for name in names.split(",")), key=len, reverse=True)
    return "|".join(spellings(part) for part in parts)


def cue_words(names: str) -> str:
    """The literals with which any spelling of the names can begin, as `Cue.at` wants them."""
    found: set[str] = set()
    for name in names.split(","):
        words = name.split()
        first = words[0]
        found.add(first)
        for before, after in pairwise(words):
            first += after
            found.add(first)
            if not (before.isascii() and after.isascii()):
                break
    return " ".join(sorted(found))
