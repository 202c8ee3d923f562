"""Reading the `when` of a rule: tests of one signal each, grouped by all, any and none."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..pattern import pattern_objection
from ..rule import Condition, Op, Operand, Test, When
from ..signal_names import is_signal
from .problem import Entry, Place

GROUPS = ("all", "any", "none")
DEEPEST = 3  # a group inside a group inside `when`


def read_when(entry: Entry) -> When:
    raw = entry.raw.get("when")
    if not isinstance(raw, dict) or not raw:
        if "when" in entry.raw:
            entry.wrong("when must be a mapping with all, any or none", "when")
        return When()
    when = read_group(entry, raw)
    if not when.all and not when.any:
        entry.wrong("when needs at least one condition under all or any", "when")
    return when


def read_group(
    entry: Entry,
    raw: Mapping[str, object],
    *,
    knows: Callable[[str], bool] = is_signal,
    at: Place = ("when",),
) -> When:
    """Conditions under all, any and none. `knows` says which signals there are to test."""
    for key in sorted(raw.keys() - set(GROUPS), key=str):
        entry.wrong(f"unknown group {key!r}; known are all, any, none", *at, str(key))
    return When(
        **{name: _conditions(entry, raw.get(name, []), knows=knows, at=(*at, name)) for name in GROUPS}
    )


def _conditions(
    entry: Entry, raw: object, *, knows: Callable[[str], bool], at: Place
) -> tuple[Condition, ...]:
    if not isinstance(raw, list):
        entry.wrong(f"{at[-1]} must be a list of conditions", *at)
        return ()
    read = (_condition(entry, item, knows=knows, at=(*at, number)) for number, item in enumerate(raw))
    return tuple(condition for condition in read if condition is not None)


def _condition(entry: Entry, raw: object, *, knows: Callable[[str], bool], at: Place) -> Condition | None:
    if not isinstance(raw, dict) or len(raw) != 1:
        entry.wrong(f"a condition is {{signal: {{op: value}}}}, not {raw!r}", *at)
        return None
    (name, test), *_ = raw.items()
    if name in GROUPS:
        if len(at) >= 2 * DEEPEST + 1:  # each group adds its name and a number
            entry.wrong("groups are nested too deeply", *at)
            return None
        return read_group(entry, raw, knows=knows, at=at)
    if not isinstance(name, str) or not knows(name):
        entry.wrong(f"unknown signal {name!r}", *at)
        return None
    return _test(entry, name, test, at)


def _test(entry: Entry, signal: str, raw: object, at: Place) -> Test | None:
    if not isinstance(raw, dict) or len(raw) != 1:
        entry.wrong(f"{signal} needs exactly one {{op: value}}, not {raw!r}", *at)
        return None
    (name, value), *_ = raw.items()
    if name not in set(Op):
        entry.wrong(f"{signal} has an unknown op {name!r}; known are {', '.join(Op)}", *at)
        return None
    op = Op(name)
    operand: Operand = tuple(value) if isinstance(value, list) else value
    objection = _CHECKS[op](operand)
    if objection:
        entry.wrong(f"{signal} {op}: {objection}", *at)
        return None
    return Test(signal, op, operand)


def _many(operand: Operand) -> tuple[object, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def _scalars(operand: Operand) -> str:
    ok = _many(operand) and all(isinstance(value, str | int | float | bool) for value in _many(operand))
    return "" if ok else f"needs a text, a number or a list of them, not {operand!r}"


def _list(operand: Operand) -> str:
    return _scalars(operand) if isinstance(operand, tuple) else f"needs a list, not {operand!r}"


def _phrases(operand: Operand) -> str:
    ok = _many(operand) and all(isinstance(phrase, str) and phrase.strip() for phrase in _many(operand))
    return "" if ok else f"needs a text or a list of texts, not {operand!r}"


def _patterns(operand: Operand) -> str:
    objection = _phrases(operand)
    if objection:
        return objection
    for pattern in _many(operand):
        objection = pattern_objection(str(pattern))
        if objection:
            return objection
    return ""


def _number(operand: Operand) -> str:
    ok = isinstance(operand, int | float) and not isinstance(operand, bool) and math.isfinite(operand)
    return "" if ok else f"needs a number, not {operand!r}"


def _two_numbers(operand: Operand) -> str:
    ok = isinstance(operand, tuple) and len(operand) == 2 and not any(_number(value) for value in operand)
    return "" if ok else f"needs two numbers, not {operand!r}"


def _yes_no(operand: Operand) -> str:
    return "" if isinstance(operand, bool) else f"needs true or false, not {operand!r}"


_CHECKS: Mapping[Op, Callable[[Operand], str]] = MappingProxyType(
    {
        Op.IS: _scalars,
        Op.IN: _list,
        Op.CONTAINS: _phrases,
        Op.MATCHES: _patterns,
        Op.STARTS_WITH: _phrases,
        Op.ABOVE: _number,
        Op.BELOW: _number,
        Op.BETWEEN: _two_numbers,
        Op.EXISTS: _yes_no,
    }
)
