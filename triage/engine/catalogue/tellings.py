"""How customers tell of each cause: texts in our own words, from which the engine learns what words speak for what.

One file for each family of causes, a JSON object a line: the cause, and one text of it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = "tellings"


class Telling(NamedTuple):
    cause: str
    text: str


def read_tellings(home: Path) -> Iterator[Telling]:
    for path in sorted((home / FOLDER).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            yield Telling(told["cause"], told["text"])
