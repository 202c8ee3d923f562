"""Checking the anchors themselves: against each other, against what they hold, and against copies kept elsewhere."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from tickets.models import Anchor, AnchoredChain
from tickets.models.event import FIRST

from .anchor import FORMAT
from .chain import Held
from .merkle import leaf_of, root_of


class NoCopy(ValueError):
    """The file is no anchor; the message says so."""


@dataclass(frozen=True, slots=True)
class AnchorBreak:
    number: int
    problem: str


def verify_anchors(copies: Iterable[dict[str, Any]] = ()) -> Iterator[AnchorBreak]:
    """One break for each anchor that does not fit. Rows are read in order, not all at once."""
    anchors = list(Anchor.objects.order_by("number"))
    rows = AnchoredChain.objects.order_by("anchor_id", "ticket_id").iterator(2000)
    roots = {number: root_of(leaf_of(row.leaf) for row in of) for number, of in groupby(rows, _anchor_of)}
    previous, empty = FIRST, root_of(())
    for expected, anchor in enumerate(anchors, start=1):
        if problem := _problem(anchor, expected, previous, roots.pop(anchor.number, empty)):
            yield AnchorBreak(anchor.number, problem)
        previous = anchor.hash
    yield from (AnchorBreak(number, "it is gone, what it held is there") for number in sorted(roots))
    hashes = {anchor.number: anchor.hash for anchor in anchors}
    for copy in copies:
        if hashes.get(copy["number"]) != copy["hash"]:
            there = (
                "it differs from the copy"
                if copy["number"] in hashes
                else "it is gone, there is a copy of it"
            )
            yield AnchorBreak(copy["number"], there)


def read_copy(path: str) -> dict[str, Any]:
    """An anchor that was saved, posted or mailed: whole, or its head only. It must fit in itself."""
    try:
        copy = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise NoCopy(f"{path} cannot be read as an anchor: {problem}") from problem
    if not isinstance(copy, dict) or copy.get("format") != FORMAT or not isinstance(copy.get("number"), int):
        raise NoCopy(f"{path} is no anchor of this desk.")
    if "anchored" in copy and root_of(leaf_of(leaf) for leaf in copy["anchored"]) != copy.get("root"):
        raise NoCopy(f"{path} was changed: what it holds does not fit its root.")
    return copy


def held_by(copies: Iterable[dict[str, Any]]) -> dict[int, list[Held]]:
    """What the copies say about each chain."""
    found: dict[int, list[Held]] = {}
    for copy in copies:
        for number, *held in copy.get("anchored", ()):
            found.setdefault(number, []).append(Held(*held))
    return found


def _anchor_of(row: AnchoredChain) -> int:
    return row.anchor_id


def _problem(anchor: Anchor, expected: int, previous: str, root: str) -> str:
    if anchor.number != expected:
        return f"anchor {expected} is missing before it"
    if anchor.previous != previous:
        return "it does not name the anchor before it"
    if anchor.hash != anchor.hash_of_anchor():
        return "it was changed"
    return "what it holds was changed" if anchor.root != root else ""
