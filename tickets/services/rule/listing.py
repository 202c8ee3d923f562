"""The rules of one set as a list: in the order in which they are heard, with what became of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from tickets.models import RuleEntry, RuleFiring, RuleSet
from triage.engine.catalogue.problem import CatalogueError
from triage.engine.rule import Condition, Rule, Test
from triage.engine.rule import RuleSet as Rules

from ..catalogue import cause_named
from .record import Record, records_of
from .set import base_rules, rules_of

SIZE = 50
LOOKED_BACK = 5  # sets that are read for a rule that is gone
UNHEARD = Record()
ONLY = ("", "changed", "off", "overruled")


@dataclass(frozen=True, slots=True)
class Row:
    rule: Rule
    entry: RuleEntry | None
    is_new: bool  # only ours, not one of the catalogue
    record: Record = UNHEARD

    @property
    def is_off(self) -> bool:
        return self.entry is not None and self.entry.kind == RuleEntry.Kind.OFF

    @property
    def is_own(self) -> bool:
        return self.entry is not None and self.entry.kind == RuleEntry.Kind.OWN

    @property
    def is_first(self) -> bool:
        return self.entry is not None and self.entry.position is not None


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    found: int
    after: str  # the rule behind which the next page begins; empty on the last one


def list_rules(rule_set: RuleSet | None, *, words: str = "", only: str = "", after: str = "") -> Page:
    """Two statements, however many rules there are: the changes of the set, and the records of this page."""
    rows = list(rows_of(rule_set))
    if only == "overruled":
        rows = _most_overruled(rows)
    chosen = [row for row in rows if _is_wanted(row, only) and _holds(row.rule, words.casefold().split())]
    start = next((at + 1 for at, row in enumerate(chosen) if row.rule.id == after), 0)
    shown = chosen[start : start + SIZE]
    records = records_of(row.rule.id for row in shown)
    rows = [Row(row.rule, row.entry, row.is_new, records.get(row.rule.id, UNHEARD)) for row in shown]
    return Page(rows, len(chosen), shown[-1].rule.id if len(chosen) > start + SIZE else "")


def row_of(rule_set: RuleSet | None, rule: str) -> Row | None:
    row = next((row for row in rows_of(rule_set) if row.rule.id == rule), None)
    return row and Row(row.rule, row.entry, row.is_new, records_of([rule]).get(rule, UNHEARD))


def last_known(rule: str) -> tuple[RuleSet, Row] | None:
    """The rule as the newest set that has it knows it, where neither a draft nor what judges now does any more."""
    own = RuleEntry.objects.filter(rule=rule, kind=RuleEntry.Kind.OWN).select_related("rule_set__base")
    for entry in own.order_by("-rule_set__number")[:LOOKED_BACK]:
        if (known := _row_in(entry.rule_set, rule)) is not None:
            return entry.rule_set, known
    named = RuleSet.objects.filter(is_built_in=True, content__contains=f"id: {rule}\n").newest_first()
    for rule_set in named.defer("content")[:LOOKED_BACK]:
        if (known := _row_in(rule_set, rule)) is not None:
            return rule_set, known
    return None


def _row_in(rule_set: RuleSet, rule: str) -> Row | None:
    try:
        return row_of(rule_set, rule)
    except CatalogueError:
        return None


def rows_of(rule_set: RuleSet | None) -> Iterator[Row]:
    """Those switched off come last. A set that cannot be read shows the catalogue."""
    entries = {entry.rule: entry for entry in rule_set.entries.all()} if rule_set else {}
    base = _base(rule_set)
    known = {rule.id for rule in base.rules}
    for rule in _rules(rule_set, base, entries).rules:
        yield Row(rule, entries.get(rule.id), rule.id not in known)
    for rule in base.rules:
        entry = entries.get(rule.id)
        if entry is not None and entry.kind == RuleEntry.Kind.OFF:
            yield Row(rule, entry, is_new=False)


def _base(rule_set: RuleSet | None) -> Rules:
    return base_rules(rule_set or RuleSet())


def _rules(rule_set: RuleSet | None, base: Rules, entries: Mapping[str, RuleEntry]) -> Rules:
    if rule_set is None:
        return base
    try:
        return rules_of(rule_set, entries.values())
    except CatalogueError:
        return base


def _most_overruled(rows: Iterable[Row]) -> list[Row]:
    counts = dict(
        RuleFiring.objects.filter(outcome=RuleFiring.Outcome.OVERRULED)
        .values_list("rule")
        .annotate(n=Count("pk", filter=~Q(rule="")))
        .order_by()
    )
    return sorted((row for row in rows if row.rule.id in counts), key=lambda row: -counts[row.rule.id])


def _is_wanted(row: Row, only: str) -> bool:
    return {"changed": row.entry is not None, "off": row.is_off}.get(only, True)


def _holds(rule: Rule, words: Iterable[str]) -> bool:
    """Every word in the id, the cause, the reason, or what is tested."""
    title = cause_named(rule.cause).title
    heap = "\n".join(
        (rule.id, rule.cause, title.en, title.zh, rule.because.en, rule.because.zh, *_tested(rule.when))
    ).casefold()
    return all(word in heap for word in words)


def _tested(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Test):
        yield str(condition)
        return
    for part in (*condition.all, *condition.any, *condition.none):
        yield from _tested(part)
