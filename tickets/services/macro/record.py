"""Macros with what became of them: how often they ran, and how often that did not hold."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tickets.models import Macro, MacroRun, Person

from ..kept_record import counted, is_failing, is_unused, to_look_at
from ..keyset import page_by

IN_ORDER = {"folder": str, "position": int, "pk": int}


@dataclass(frozen=True, slots=True)
class Record:
    """`failed` runs were taken back, or their letter brought the customer back to a resolved ticket."""

    macro: Macro
    runs: int
    failed: int

    @property
    def held(self) -> int:
        return self.runs - self.failed

    @property
    def is_unused(self) -> bool:
        """Nobody needed it for so long that it should be looked at again."""
        return self.macro.is_active and is_unused(self.macro.last_run_at, self.macro.created_at)

    @property
    def is_failing(self) -> bool:
        return self.macro.is_active and is_failing(self.failed, self.runs)


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the mark for the next page, empty on the last one."""

    records: list[Record]
    after: str


def kept_for(person: Person, *, only: str = "", after: str = "") -> Page:
    """Those that the person sees, folder by folder; `only` the own, those to look at, or those off offer."""
    macros = Macro.objects.visible_to(person).select_related("owner", "team", "changed_by")
    if only == "own":
        macros = macros.filter(owner=person)
    elif only == "retired":
        macros = macros.filter(is_active=False)
    rows = _with_record(macros)
    if only == "review":
        rows = rows.filter(to_look_at(last_used="last_run_at", failed="failed", known="runs_made"))
    page = page_by(rows, IN_ORDER, after=after)
    return Page([_record(macro) for macro in page.rows], page.after)


def record_of(macro: Macro) -> Record:
    return _record(_with_record(Macro.objects.filter(pk=macro.pk)).get())


def _with_record(macros: QuerySet[Macro]) -> QuerySet[Any]:
    failed = Q(undone_at__isnull=False) | Q(message__settled=False)
    return macros.annotate(
        runs_made=counted(MacroRun.objects.all(), "macro"),
        failed=counted(MacroRun.objects.filter(failed), "macro"),
    )


def _record(macro: Any) -> Record:
    return Record(macro, macro.runs_made, macro.failed)
