"""Who gets an update of an incident: counted by language, listed, and left out with the reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, QuerySet, Value, When

from tickets.models import Incident, Language, Ticket

MERGED, RESOLVED, NO_ADDRESS, NO_TEXT = "merged", "resolved", "no_address", "no_text"
LISTED = 50  # of each list that a page shows; the counts are of all


@dataclass(frozen=True, slots=True)
class Reach:
    """`left_out` counts by reason; `without_text` counts those who read a language that nothing is written in."""

    languages: Mapping[str, int]
    left_out: Mapping[str, int]
    without_text: Mapping[str, int]
    receiving: list[Ticket]
    others: list[Any]  # tickets, each with its `why`

    @property
    def count(self) -> int:
        return sum(self.languages.values())


def reach_of(incident: Incident, *, written: Collection[str]) -> Reach:
    """`written` are the languages that the update has a text in."""
    tickets = _told_apart(incident, written)
    languages, left_out, without_text = _counts(tickets)
    rows = tickets.select_related("customer", "account", "merged_into").order_by("-pk")
    return Reach(
        languages, left_out, without_text, list(rows.filter(why="")[:LISTED]), list(rows.exclude(why="")[:LISTED])
    )  # fmt: skip


def recipients(incident: Incident, *, written: Collection[str]) -> QuerySet[Ticket]:
    return Ticket.objects.filter(pk__in=_told_apart(incident, written).filter(why="").values("pk"))


def languages_of(incident: Incident) -> set[str]:
    """Those that affected customers read."""
    return set(recipients(incident, written=Language.values).values_list("language", flat=True).distinct())


def _told_apart(incident: Incident, written: Collection[str]) -> QuerySet[Any]:
    """The incident's tickets, each with `why` it gets nothing; empty where it gets the update."""
    reasons = Case(
        When(merged_into__isnull=False, then=Value(MERGED)),
        When(status=Ticket.Status.RESOLVED, then=Value(RESOLVED)),
        When(customer__email="", then=Value(NO_ADDRESS)),
        *([] if written and set(written) >= set(Language.values) else [_unwritten(written)]),
        default=Value(""),
        output_field=CharField(),
    )
    return Ticket.objects.filter(incident=incident).annotate(why=reasons)


def _unwritten(written: Collection[str]) -> When:
    return When(language__in=[each for each in Language.values if each not in written], then=Value(NO_TEXT))


def _counts(tickets: QuerySet[Any]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    languages: dict[str, int] = {}
    left_out: dict[str, int] = {}
    without_text: dict[str, int] = {}
    for row in tickets.values("why", "language").annotate(count=Count("pk")).order_by("why", "language"):
        if not row["why"]:
            languages[row["language"]] = row["count"]
        elif row["why"] == NO_TEXT:
            without_text[row["language"]] = row["count"]
        else:
            left_out[row["why"]] = left_out.get(row["why"], 0) + row["count"]
    return languages, left_out, without_text
