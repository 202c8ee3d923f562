"""Between conditions as a rule holds them and the rows of the form: one row is one test, or a whole group as YAML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from triage.engine.catalogue.conditions import GROUPS
from triage.engine.rule import Op

GROUP = "group"  # stands in the place of a signal where a row is a group inside the group
TEXTS = (Op.CONTAINS, Op.MATCHES, Op.STARTS_WITH)
NUMBERS = (Op.ABOVE, Op.BELOW, Op.BETWEEN)


@dataclass(slots=True)
class ConditionRow:
    signal: str = ""
    op: str = str(Op.IS)
    value: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.signal and not self.value.strip()

    @property
    def lines(self) -> int:
        return max(1, min(12, self.value.count("\n") + 1))

    def condition(self) -> Any:
        """As YAML would hold it; what cannot be read is handed on as it is, for the reader of rules to refuse."""
        if self.signal == GROUP:
            return _read(self.value)
        return {self.signal: {self.op: _operand(self.op, self.value)}}


def rows_of(group: Any) -> list[ConditionRow]:
    return [_row(condition) for condition in group] if isinstance(group, list) else []


def rows_from(given: Mapping[str, str], group: str) -> list[ConditionRow]:
    """The rows that were sent, also the empty ones."""
    return [
        ConditionRow(
            given.get(f"{group}-{at}-signal", ""),
            given.get(f"{group}-{at}-op", str(Op.IS)),
            given.get(f"{group}-{at}-value", "").replace("\r\n", "\n"),
        )
        for at in _numbers(given, group)
    ]


def _numbers(given: Mapping[str, str], group: str) -> Iterator[int]:
    at = 0
    while f"{group}-{at}-signal" in given and at < 200:
        yield at
        at += 1


def _row(condition: Any) -> ConditionRow:
    if isinstance(condition, dict) and len(condition) == 1:
        (signal, test), *_ = condition.items()
        if isinstance(signal, str) and signal not in GROUPS and isinstance(test, dict) and len(test) == 1:
            (op, operand), *_ = test.items()
            return ConditionRow(signal, str(op), _said(str(op), operand))
    return ConditionRow(GROUP, "", _dump(condition).rstrip())


def _said(op: str, operand: Any) -> str:
    """One value to a line."""
    values = operand if isinstance(operand, list) else [operand]
    if op in TEXTS:
        return "\n".join(value if isinstance(value, str) else _scalar(value) for value in values)
    return "\n".join(_scalar(value) for value in values)


def _operand(op: str, value: str) -> Any:
    lines = [line for line in value.split("\n") if line.strip()]
    if op in TEXTS:
        return lines[0] if len(lines) == 1 else lines
    values = [_read(line.strip()) for line in lines]
    if op == Op.BETWEEN and len(lines) == 1:
        values = [_read(part.strip()) for part in lines[0].replace("–", ",").replace("，", ",").split(",")]
    if op in (Op.IN, Op.BETWEEN):
        return values
    return values[0] if len(values) == 1 else values


def _read(line: str) -> Any:
    """429 is a number, true is true; what is no YAML is a text."""
    try:
        return yaml.safe_load(line)
    except (yaml.YAMLError, ValueError, RecursionError):
        return line


def _scalar(value: Any) -> str:
    """As it must be written to be read back as the same: the text 429 gets quotes."""
    if isinstance(value, str) and _read(value) == value and value == value.strip() and value:
        return value
    return (
        yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)
        .removesuffix("...\n")
        .strip()
    )


def _dump(condition: Any) -> str:
    return yaml.safe_dump(condition, allow_unicode=True, width=10_000, sort_keys=False)
