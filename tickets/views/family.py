"""What the ticket page shows of merged, split and suspected tickets."""

from typing import Any

from tickets.models import Merge, Person, Split, Ticket
from tickets.services.duplicate import suspects_of


def family_of(ticket: Ticket, known: dict[str, object], kinds: set[str], *, reader: Person) -> dict[str, Any]:
    """`known` are the values of the ticket's evidence, `kinds` those of its events: without any of a merge or a
    split there is nothing to look up.
    """
    suspects = suspects_of(ticket, known, reader=reader)
    return {
        "merges": _merges(ticket) if "merged_in" in kinds else [],
        "splits": _splits(ticket) if kinds & {"split_off", "split_from"} else [],
        "suspects": suspects,
        "mergeable": next((each.ticket.number for each in suspects if each.can_merge), None),
    }


def _merges(ticket: Ticket) -> list[Merge]:
    return list(Merge.objects.standing().filter(into=ticket).select_related("ticket", "by").order_by("pk"))


def _splits(ticket: Ticket) -> list[Split]:
    """Those split off this ticket, and the one that it was split from; none that went back."""
    standing = Split.objects.filter(undone_at=None).select_related("ticket", "part", "by")
    return list((standing.filter(ticket=ticket) | standing.filter(part=ticket)).order_by("pk"))
