"""What a back-test counts, as it is kept between two jobs.

Shape: {"flips": {"cause cause": n}, "kinds": {kind: n}, "decided", "agreed_before", "agreed_after", "judged" (whole),
"seconds" (of processor time), "rules": {changed rule: {"before", "after", "with": {other rule: n}}}}.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from triage.engine.sides import Both


@dataclass(frozen=True, slots=True)
class RuleFigures:
    rule: str
    before: int
    after: int
    overlaps: list[tuple[str, int]]


class Figures:
    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.kept: dict[str, Any] = {
            "flips": {}, "kinds": {}, "decided": 0, "agreed_before": 0, "agreed_after": 0, "judged": 0,
            "seconds": 0.0, "rules": {}, **kept,
        }  # fmt: skip

    def took(self, seconds: float) -> None:
        self.kept["seconds"] = round(self.kept["seconds"] + seconds, 4)

    def count_decided(self, decided: str, before: str, after: str) -> None:
        self.kept["decided"] += 1
        self.kept["agreed_before"] += decided == before
        self.kept["agreed_after"] += decided == after

    def count_flip(self, before: str, after: str, kind: str) -> None:
        _add(self.kept["flips"], f"{before} {after}")
        _add(self.kept["kinds"], kind)

    def count_rules(self, changed: frozenset[str], both: Both) -> None:
        """How often each changed rule fires before and after, and beside which others it stands."""
        self.kept["judged"] += 1
        for when, fired in (("before", both.fired_before), ("after", both.fired_after)):
            for rule in changed.intersection(fired):
                self._of(rule)[when] += 1
        for rule_id in changed.intersection(both.standing):
            for other in both.standing:
                if other != rule_id:
                    _add(self._of(rule_id)["with"], other)

    def rules(self, most: int = 5) -> list[RuleFigures]:
        return [
            RuleFigures(rule, of["before"], of["after"], _most(of["with"])[:most])
            for rule, of in sorted(self.kept["rules"].items())
        ]

    def flips(self) -> list[tuple[str, str, int]]:
        return [(*pair.split(" "), count) for pair, count in _most(self.kept["flips"])]  # type: ignore[misc]

    def _of(self, rule: str) -> dict[str, Any]:
        of: dict[str, Any] = self.kept["rules"].setdefault(rule, {"before": 0, "after": 0, "with": {}})
        return of


def _add(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
