"""What the rows of a list show beside the ticket itself, for all of them at once: four statements, however many rows
there are, and one more where some are snoozed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from tickets.models import EvidenceValue, Message, Snooze, Ticket
from tickets.models.message import PUBLIC

from .ahead import Call, asked_ahead
from .compiled import Compiled
from .listed_ticket import ListedTicket

SHOWN = {"account": "told_account", "model": "model", "endpoint": "endpoint", "http_status": "status"}
TAGS = 2  # that a row names; the others are counted
LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Row:
    """`replies` is how many messages followed the first, files and pasted evidence not counted; `alike` how many
    tickets show the same error lately; `told_account` is the account that the report names, known to the desk or not.
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
    numbers = [ticket.number for ticket in tickets]
    prints = {ticket.fingerprint for ticket in tickets} - {""}
    errors = (sorted(prints), timezone.now() - LATELY)
    calls: list[Call] = [(_replies, numbers), (_put, numbers), (_alike, *errors)]
    with asked_ahead(*calls, *([(_values, numbers)] if evidence else [])):
        known = _known(numbers) if evidence else {}
        replies, tags, alike = dict(_replies(numbers)), _tags(numbers), dict(_alike(*errors))
    asleep = _asleep(tickets)
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


def _known(numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    known: dict[int, dict[str, str]] = defaultdict(dict)
    for number, field, value in _values(numbers):
        known[number][SHOWN[field]] = str(value)
    return known


@Compiled
def _values(numbers: Any) -> QuerySet[Any, tuple[int, str, Any]]:
    values = EvidenceValue.objects.filter(ticket__in=numbers, is_current=True, field__in=SHOWN)
    return values.values_list("ticket_id", "field", "value")


@Compiled
def _replies(numbers: Any) -> QuerySet[Any, tuple[int, int]]:
    spoken = Message.objects.kept().filter(kind__in=PUBLIC, ticket__in=numbers)
    counted = spoken.order_by().values("ticket").annotate(count=Count("pk") - 1)
    return counted.values_list("ticket", "count")


@Compiled
def _alike(prints: Any, since: Any) -> QuerySet[Any, tuple[str, int]]:
    """How many tickets show each error; only errors that several show. The fingerprint of a report without an error
    is made of the customer's own words: alike words are no cluster.
    """
    # Joined, not asked whether it exists: a ticket has one current error, and PostgreSQL plans it in half the time.
    shown = Ticket.objects.filter(fingerprint__in=prints, created_at__gt=since).filter(
        evidence__field="raw_error", evidence__is_current=True
    )
    counted = shown.order_by().values("fingerprint").annotate(count=Count("pk")).filter(count__gt=1)
    return counted.values_list("fingerprint", "count")


def _tags(numbers: Sequence[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = defaultdict(list)
    for number, name in _put(numbers):
        tags[number].append(name)
    return tags


@Compiled
def _put(numbers: Any) -> QuerySet[Any, tuple[int, str]]:
    put = Ticket.tags.through.objects.filter(ticket__in=numbers).order_by("tag__name")
    return put.values_list("ticket_id", "tag__name")


def _asleep(tickets: Iterable[ListedTicket]) -> dict[int, Snooze]:
    sleeping = [ticket.number for ticket in tickets if ticket.status == Ticket.Status.SNOOZED]
    if not sleeping:
        return {}
    return {snooze.ticket_id: snooze for snooze in Snooze.objects.open().filter(ticket__in=sleeping)}
