"""What the documents on security promise to be held by a test is held by a file that is there and has tests in it."""

import re
from pathlib import Path

import pytest

from tests.plumbing import TOP

NAMED = re.compile(r"`((?:tests/)?[\w/]+(?:\.py|/))`")
PROGRAMS = ("bandit.py", "audit.py", "performance/flood.py")  # run by themselves


def rows(document: str) -> list[tuple[str, str]]:
    """The first and the last cell of each row of the tables that say what holds something."""
    lines = (TOP / "docs" / document).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [(row[0], row[-1]) for row in cells if len(row) == 3 and row[1] and row[-1] != "held by"]


@pytest.mark.parametrize("document", ["asvs.md", "threat-model.md"])
def test_each_named_test_is_there(document: str):
    named = {name for _, held_by in rows(document) for name in NAMED.findall(held_by)}

    assert len(named) > 20
    for name in sorted(named):
        path = TOP / "tests" / name.removeprefix("tests/")
        assert path.exists(), name
        if name.removeprefix("tests/") not in PROGRAMS:
            assert with_tests_under(path), f"{name} holds nothing"


def test_what_is_met_names_what_holds_it():
    text = (TOP / "docs" / "asvs.md").read_text(encoding="utf-8")
    unheld = [line for line in text.splitlines() if line.startswith("| ") and line.endswith("| – |")]

    assert all("Not met" in line or "One application" in line for line in unheld), unheld


def with_tests_under(path: Path) -> list[Path]:
    files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return [
        file for file in files if re.search(r"^def test_", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
