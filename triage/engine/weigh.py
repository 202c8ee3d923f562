"""From rules that fired to causes with a weight: what settles silences what only hints, the rest adds up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fnmatch import fnmatchcase
from functools import lru_cache

from .catalogue.stories import PREFIX
from .evaluate import RuleResult
from .evidence import Span
from .rule import TEXT_SIGNALS, Rule, Strength
from .verdict import FiredRule, Reason

UNKNOWN = "unknown"
MOST_CERTAIN = 0.97
MOST_WITHOUT_SURE = 0.79
_RECORDS = frozenset({"error_type", "exception", "task_state", "error", "innermost"})


class Grade(IntEnum):
    """What a rule has read. The message beats the type, the type beats the status."""

    STATUS = 0
    TYPE = 1
    MESSAGE = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """A cause with its weight from 0 to 1: how likely it is when nothing speaks against it."""

    cause: str
    weight: float
    is_grounded: bool = True  # may be called sure


@dataclass(frozen=True, slots=True)
class _Spoken:
    rule: Rule
    fired: FiredRule
    grade: Grade


def silence(results: Iterable[RuleResult]) -> tuple[FiredRule, ...]:
    """The rules that fired, heaviest first; those outspoken by another one name it in `silenced_by`."""
    spoken = [
        _Spoken(result.rule, _fired(result), grade_of(result.held)) for result in results if result.fired
    ]
    spoken.sort(key=lambda each: (-each.fired.weight, -each.grade, each.rule.id))
    silenced = _outranked(spoken)
    silenced |= _beaten([each for each in spoken if each.rule.id not in silenced])
    standing = [each for each in spoken if each.rule.id not in silenced]
    silenced |= _outgraded(standing)
    return tuple(
        replace(each.fired, silenced_by=silenced[each.rule.id]) if each.rule.id in silenced else each.fired
        for each in spoken
    )


def suspected(results: Iterable[RuleResult]) -> tuple[str, ...]:
    """Causes that the error itself speaks for, whatever is told: more than hinted at, where there are such."""
    standing = [
        rule for rule in silence(each for each in results if not reads_told(each)) if not rule.silenced_by
    ]
    strong = [rule for rule in standing if rule.weight > Strength.HINT.weight]
    return tuple(dict.fromkeys(rule.cause for rule in strong or standing)) or (UNKNOWN,)


def weigh(fired: Iterable[FiredRule]) -> tuple[Weighed, ...]:
    """Causes by weight, best first. Rules of one cause add up as independent hints do (noisy or).

    They often read the same words, so rules that are not sure one by one never add up to a sure verdict. Nor does
    a rule that leans on what the customer tells about the error: only the error itself or the context make it sure.
    And one wording is one ground, which errors of another cause may share: it takes two (see `_grounds`).
    """
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    grounds: Counter[str] = Counter()
    rules = tuple(fired)
    for rule in rules:
        doubt[rule.cause] *= 1 - rule.weight
        grounds[rule.cause] += _grounds(rule)
    _count_seconds(grounds, rules)
    most = {cause: MOST_CERTAIN if grounds[cause] else MOST_WITHOUT_SURE for cause in doubt}
    weighed = [
        Weighed(cause, min(1 - left, most[cause]), grounds[cause] > 1) for cause, left in doubt.items()
    ]
    return tuple(sorted(weighed, key=lambda each: -each.weight))


def _grounds(rule: FiredRule) -> int:
    """What a sure rule stands on: 1 for one wording, 2 where several readings agree or a machine's field says it."""
    if rule.weight < Strength.SURE.weight or reads_told(rule):
        return 0
    return 2 if _readings(rule.reasons) > 1 or any(map(_is_record, rule.reasons)) else 1


def _count_seconds(grounds: Counter[str], rules: Iterable[FiredRule]) -> None:
    """A likely rule that stands on a machine's field is the second ground of a cause that a sure rule speaks for."""
    for rule in rules:
        if grounds[rule.cause] == 1 and rule.weight == Strength.LIKELY.weight and not reads_told(rule):
            grounds[rule.cause] += any(map(_is_record, rule.reasons))


def _readings(reasons: Iterable[Reason]) -> int:
    """Different stretches that were read: two tests of the same words are one, and so is what was derived of them."""
    read: list[Span] = []
    others: set[str] = set()
    for reason in reasons:
        if reason.spans:
            first = reason.spans[0]
            if not any(first.start < span.end and span.start < first.end for span in read):
                read.append(first)
        elif not reason.signal.startswith("fact."):
            others.add(reason.found)
    return len(read) + len(others)


def _is_record(reason: Reason) -> bool:
    """A code, type or state, the error's own message, or a fact looked up; a bare status fits too many causes."""
    if reason.signal == "error_code":
        return not _is_status(reason.found)
    return reason.signal.startswith("context.") or reason.signal in _RECORDS


def reads_told(rule: FiredRule | RuleResult) -> bool:
    reasons = rule.reasons if isinstance(rule, FiredRule) else rule.held
    return any(reason.signal == "told" or reason.signal.startswith(PREFIX) for reason in reasons)


def grade_of(reasons: Sequence[Reason]) -> Grade:
    return max((_grade(reason) for reason in reasons), default=Grade.STATUS)


def _grade(reason: Reason) -> Grade:
    if reason.signal in TEXT_SIGNALS or reason.signal.startswith(("context.", PREFIX)):
        return Grade.MESSAGE
    if reason.signal == "error_code":
        return Grade.STATUS if _is_status(reason.found) else Grade.MESSAGE
    return Grade.TYPE if reason.signal in ("error_type", "exception", "task_state") else Grade.STATUS


def _is_status(code: str) -> bool:
    return len(code) == 3 and code.isdecimal()


def _fired(result: RuleResult) -> FiredRule:
    rule = result.rule
    return FiredRule(rule.id, rule.cause, rule.strength.weight, rule.because, result.held)


def _outranked(spoken: Sequence[_Spoken]) -> dict[str, str]:
    """By rule id, the rule that an operator put before it and that speaks for another cause."""
    silenced: dict[str, str] = {}
    for winner in sorted(spoken, key=lambda each: -each.rule.rank):
        if winner.rule.rank == 0:
            break
        if winner.rule.id in silenced:
            continue
        for other in spoken:
            if other.rule.rank < winner.rule.rank and other.rule.cause != winner.rule.cause:
                silenced.setdefault(other.rule.id, winner.rule.id)
    return silenced


def _beaten(spoken: Sequence[_Spoken]) -> dict[str, str]:
    """By rule id, the rule that beats it. A rule that is beaten itself beats nobody.

    Those that read what the customer tells go first: they are written to overrule what the error alone says. But what
    is only told, and likely at most, silences no cause that stands on two grounds: it takes from its confidence.
    """
    silenced: dict[str, str] = {}
    grounds: Counter[str] = Counter()
    for each in spoken:
        grounds[each.rule.cause] += _grounds(each.fired)
    _count_seconds(grounds, (each.fired for each in spoken))
    for winner in sorted(spoken, key=lambda each: not reads_told(each.fired)):
        if winner.rule.id in silenced or not winner.rule.beats:
            continue
        is_hearsay = _is_hearsay(winner)
        for other in spoken:
            if is_hearsay and grounds[other.rule.cause] > 1:
                continue
            if other.rule.rank > winner.rule.rank or other.rule.cause == winner.rule.cause:
                continue
            if _matches(other.rule.cause, winner.rule.beats):
                silenced.setdefault(other.rule.id, winner.rule.id)
    return silenced


def _is_hearsay(spoken: _Spoken) -> bool:
    told_only = all(
        reason.signal in ("told", "fact.suspected") or reason.signal.startswith(PREFIX)
        for reason in spoken.fired.reasons
    )
    return told_only and spoken.fired.weight < Strength.SURE.weight


@lru_cache(maxsize=8192)
def _matches(cause: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(cause, pattern) for pattern in patterns)


def _outgraded(standing: Sequence[_Spoken]) -> dict[str, str]:
    """Rules that only read a status or type, where a rule that read more speaks for another cause."""
    silenced: dict[str, str] = {}
    for each in standing:
        better = (
            other
            for other in standing
            if other.grade > each.grade
            and other.rule.rank >= each.rule.rank
            and other.rule.cause != each.rule.cause
            and (other.fired.weight >= each.fired.weight or other.rule.strength is not Strength.HINT)
        )
        winner = next(better, None)
        if winner is not None:
            silenced[each.rule.id] = winner.rule.id
    return silenced
