"""What the rows of a list show beside the ticket itself, for all of them at once: four statements, however many rows
there are, and one more where some are snoozed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from tickets.models import EvidenceValue, Message, Snooze, Ticket

from .listed_ticket import ListedTicket

SHOWN = {"account": "told_account", "model": "model", "endpoint": "endpoint", "http_status": "status"}
TAGS = 2  # that a row names; the others are counted
LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Row:
    """`replies` is how many messages followed the first; `alike` how many tickets show the same error lately;
    `told_account` is the account that the report names, known to the desk or not.
    """

    ticket: ListedTicket
    asleep: Snooze | None = None
    told_account: str = ""
    model: str = ""
    endpoint: str = ""
    status: str = ""
    replies: int = 0
    alike: int = 0
    tags: tuple[str, ...] = ()
    more_tags: int = 0


def rows_of(tickets: Sequence[ListedTicket], *, evidence: bool) -> list[Row]:
    """`evidence` is whether the reader may see it."""
    known = _known(tickets) if evidence else {}
    replies, alike, tags, asleep = _replies(tickets), _alike(tickets), _tags(tickets), _asleep(tickets)
    return [
        Row(
            ticket,
            asleep=asleep.get(ticket.number),
            **known.get(ticket.number, {}),
            replies=replies.get(ticket.number, 0),
            alike=alike.get(ticket.fingerprint, 0),
            tags=tuple(tags[ticket.number][:TAGS]),
            more_tags=max(len(tags[ticket.number]) - TAGS, 0),
        )
        for ticket in tickets
    ]


def _known(tickets: Iterable[ListedTicket]) -> dict[int, dict[str, str]]:
    values = EvidenceValue.objects.filter(ticket__in=_numbers(tickets), is_current=True, field__in=SHOWN)
    known: dict[int, dict[str, str]] = defaultdict(dict)
    for number, field, value in values.values_list("ticket_id", "field", "value"):
        known[number][SHOWN[field]] = str(value)
    return known


def _replies(tickets: Iterable[ListedTicket]) -> dict[int, int]:
    spoken = Message.objects.kept().exclude(kind=Message.Kind.NOTE).filter(ticket__in=_numbers(tickets))
    counted = spoken.order_by().values("ticket").annotate(count=Count("pk")).values_list("ticket", "count")
    return {number: count - 1 for number, count in counted}


def _alike(tickets: Iterable[ListedTicket]) -> dict[str, int]:
    """How many tickets of the last hour show each error; only errors that several show. The fingerprint of a report
    without an error is made of the customer's own words: alike words are no cluster.
    """
    prints = {ticket.fingerprint for ticket in tickets} - {""}
    # Joined, not asked whether it exists: a ticket has one current error, and the statement is made in half the time.
    counted = (
        Ticket.objects.filter(fingerprint__in=prints, created_at__gt=timezone.now() - LATELY)
        .filter(evidence__field="raw_error", evidence__is_current=True)
        .order_by()
        .values("fingerprint")
        .annotate(count=Count("pk"))
    )
    return dict(counted.filter(count__gt=1).values_list("fingerprint", "count"))


def _tags(tickets: Iterable[ListedTicket]) -> dict[int, list[str]]:
    put = Ticket.tags.through.objects.filter(ticket__in=_numbers(tickets)).order_by("tag__name")
    tags: dict[int, list[str]] = defaultdict(list)
    for number, name in put.values_list("ticket_id", "tag__name"):
        tags[number].append(name)
    return tags


def _asleep(tickets: Iterable[ListedTicket]) -> dict[int, Snooze]:
    sleeping = [ticket.number for ticket in tickets if ticket.status == Ticket.Status.SNOOZED]
    if not sleeping:
        return {}
    return {snooze.ticket_id: snooze for snooze in Snooze.objects.open().filter(ticket__in=sleeping)}


def _numbers(tickets: Iterable[ListedTicket]) -> list[int]:
    return [ticket.number for ticket in tickets]
