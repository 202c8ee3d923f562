"""What became of macros: how often they ran, and how often that did not hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from tickets.models import Macro, MacroRun

# A macro fails when it was taken back, or its customer came back, this often and in this share of its runs.
FAILED_AT_LEAST, FAILED_SHARE = 3, 0.25


@dataclass(frozen=True, slots=True)
class Record:
    """`failed` runs were taken back, or their letter brought the customer back to a resolved ticket."""

    runs: int = 0
    failed: int = 0

    @property
    def held(self) -> int:
        return self.runs - self.failed

    @property
    def is_failing(self) -> bool:
        return self.failed >= FAILED_AT_LEAST and self.failed > self.runs * FAILED_SHARE


NO_RUN = Record()


def is_to_look_at(macro: Macro, record: Record) -> bool:
    """On offer, and unused for long or failing."""
    return macro.is_active and (macro.is_unused or record.is_failing)


def records_of(macros: Iterable[Macro]) -> dict[int, Record]:
    """By macro, in one statement; without a run there is none."""
    failed = Q(undone_at__isnull=False) | Q(message__settled=False)
    rows = (
        MacroRun.objects.filter(macro__in=[macro.pk for macro in macros])
        .order_by()
        .values_list("macro")
        .annotate(runs=Count("pk"), failed=Count("pk", filter=failed))
    )
    return {macro: Record(runs, failures) for macro, runs, failures in rows}
