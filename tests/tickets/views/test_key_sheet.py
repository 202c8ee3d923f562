"""The sheet of keys promises only what some button does."""

import re
from pathlib import Path

import pytest

from tests.plumbing import TOP
from tickets.views.keys import GROUPS

BY_SCRIPT = {"j", "k", "↓", "↑", "Enter", "o", "x", "⇧ x"}  # rows of a list, in static/js/rows.js
PRESSED = {
    key
    for path in Path(TOP, "templates").rglob("*.html")
    for key in re.findall(r'data-key="([^"]+)"', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("key", [key for group in GROUPS for keys, _ in group.keys for key in keys])
def test_every_key_of_the_sheet_has_its_button(key):
    assert key in BY_SCRIPT or key.replace("⇧ ", "Shift+") in PRESSED
