"""Comparing one signal's value with a test's operand; absent values satisfy only `exists: false`."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import re2

from .pattern import pattern_options
from .rule import Condition, Op, Test


def holds(test: Test, value: object) -> bool:
    if test.op is Op.EXISTS:
        return (value is not None) == test.operand
    if value is None:
        return False
    return any(_single_holds(test, single) for single in (value if isinstance(value, tuple) else (value,)))


def holds_for(condition: Condition, values: Mapping[str, object]) -> bool:
    """A test or a whole group, on a flat table of values. Text views are no values; rules have their own way."""
    if isinstance(condition, Test):
        return holds(condition, values.get(condition.signal))
    return (
        all(holds_for(part, values) for part in condition.all)
        and (not condition.any or any(holds_for(part, values) for part in condition.any))
        and not any(holds_for(part, values) for part in condition.none)
    )


def _single_holds(test: Test, value: object) -> bool:
    match test.op:
        case Op.IS | Op.IN:
            return any(same(value, operand) for operand in _operands(test))
        case Op.CONTAINS:
            return any(_text(operand) in _text(value) for operand in _operands(test))
        case Op.STARTS_WITH:
            return any(_text(value).startswith(_text(operand)) for operand in _operands(test))
        case Op.MATCHES:
            return any(_pattern(str(operand)).search(str(value)) for operand in _operands(test))
        case _:
            return _number_holds(test, value)


def same(value: object, other: object) -> bool:
    """Equal as people read it: case does not count, 429 equals "429", but true never equals 1."""
    if isinstance(value, bool) or isinstance(other, bool):
        return value is other
    if isinstance(value, int | float) and isinstance(other, int | float):
        return value == other
    return _text(value) == _text(other)


def _number_holds(test: Test, value: object) -> bool:
    number = _number(value)
    if number is None:
        return False
    bounds = [bound for bound in map(_number, _operands(test)) if bound is not None]
    match test.op:
        case Op.ABOVE:
            return number > bounds[0]
        case Op.BELOW:
            return number < bounds[0]
        case _:
            return bounds[0] <= number <= bounds[1]


def _operands(test: Test) -> Iterator[object]:
    yield from test.operand if isinstance(test.operand, tuple) else (test.operand,)


def _text(value: object) -> str:
    return str(value).strip().casefold()


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(str(value))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _pattern(pattern: str) -> "re2._Regexp":
    return re2.compile(pattern, pattern_options())
