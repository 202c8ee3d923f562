"""The vocabulary of rules: conditions over signals, and what follows. Nothing here evaluates."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from .verdict import Words

Operand = str | int | float | bool | tuple[str | int | float | bool, ...]


class Strength(StrEnum):
    """How much one rule alone is worth. The numbers are the chance that its cause is right when it fires."""

    SURE = "sure"
    LIKELY = "likely"
    HINT = "hint"

    @property
    def weight(self) -> float:
        return WEIGHTS[self]


WEIGHTS: Mapping[Strength, float] = MappingProxyType(
    {Strength.SURE: 0.92, Strength.LIKELY: 0.72, Strength.HINT: 0.4}
)


class Op(StrEnum):
    IS = "is"
    IN = "in"
    CONTAINS = "contains"
    MATCHES = "matches"
    STARTS_WITH = "starts_with"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    EXISTS = "exists"


TEXT_SIGNALS = ("text", "told", "error", "innermost")


@dataclass(frozen=True, slots=True)
class Test:
    """One signal compared with one operand: `error_code: {is: insufficient_user_quota}`."""

    __test__: ClassVar[bool] = False  # no class of tests, whatever pytest thinks of the name
    signal: str
    op: Op
    operand: Operand

    def __str__(self) -> str:
        return f"{self.signal} {self.op} {self.operand}"


@dataclass(frozen=True, slots=True)
class When:
    """All of `all`, at least one of `any` (where there are some), none of `none`."""

    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    none: tuple["Condition", ...] = ()


Condition = Test | When


@dataclass(frozen=True, slots=True)
class Example:
    """A text (and context) on which a rule must fire, or must keep quiet."""

    text: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    cause: str
    strength: Strength
    when: When
    because: Words
    source: str
    beats: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    fires_on: tuple[Example, ...] = ()
    quiet_on: tuple[Example, ...] = ()
    rank: int = 0  # a rule that fires silences rules of a lower rank that speak for another cause


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A numbered, immutable version of all rules."""

    version: str
    rules: tuple[Rule, ...]
