"""Evidence values of a ticket: read from messages, told by the customer, or set by a person for good."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from tickets.models import EvidenceValue, Message, Person, Ticket
from triage.engine.evidence import FIELDS, Kind, Reading, Value

from .charge import of_ticket
from .event import CUSTOMER, record
from .redaction import safe_words
from .search.index import index

_RANK = {
    EvidenceValue.Origin.PERSON: 5,
    EvidenceValue.Origin.GATEWAY: 4,
    EvidenceValue.Origin.API: 3,
    EvidenceValue.Origin.PASTED: 2,
    EvidenceValue.Origin.CUSTOMER: 1,
    EvidenceValue.Origin.TEXT: 0,
}


MOST_CHARACTERS = 20_000


class BadValue(ValueError):
    """The value does not fit its field; the message says what would."""


@transaction.atomic
def set_value(ticket: Ticket, *, field: str, raw: str, by: Person) -> EvidenceValue | None:
    """A person's value for one field; it wins for good. An empty text takes the person's word back."""
    if not raw.strip():
        return _take_back(ticket, field, by)
    value = parse_value(field, safe_words(raw))
    before = ticket.current_evidence().get(field)
    if before is not None and before.is_final and before.value == value:
        return before
    said = EvidenceValue.Origin.PERSON
    (row,) = _add([EvidenceValue(ticket=ticket, field=field, value=value, origin=said, by=by, trust=1.0)])
    record(ticket, "evidence_set", by=by, field=field, value=value, before=before and before.value)
    index(ticket)
    return row


def add_told(
    ticket: Ticket,
    values: Mapping[str, Value],
    *,
    origin: EvidenceValue.Origin,
    message: Message | None = None,
) -> list[EvidenceValue]:
    """Values that a form or an API call brought beside the text."""
    rows = _add(
        EvidenceValue(ticket=ticket, field=field, value=value, origin=origin, message=message, trust=0.8)
        for field, value in values.items()
        if field in FIELDS and value not in ("", None)
    )
    if rows:
        record(
            ticket, "evidence_told", by=CUSTOMER, origin=origin, values={row.field: row.value for row in rows}
        )
    return rows


def add_read(ticket: Ticket, readings: Iterable[Reading], *, message: Message) -> list[EvidenceValue]:
    """What the engine read from one message; spans point into the message's body.

    What a person of the desk pasted outranks what the customer wrote and told.
    """
    is_pasted = message.kind == Message.Kind.EVIDENCE and message.source == Ticket.Source.AGENT
    best: dict[str, Reading] = {}
    for reading in readings:
        if reading.field not in best or reading.trust > best[reading.field].trust:
            best[reading.field] = reading
    rows = _add(
        EvidenceValue(
            ticket=ticket,
            field=reading.field,
            value=reading.value,
            origin=EvidenceValue.Origin.PASTED if is_pasted else EvidenceValue.Origin.TEXT,
            by=message.author if is_pasted else None,
            message=message,
            start=reading.span.start if reading.span else None,
            end=reading.span.end if reading.span else None,
            reader=reading.by[:40],
            trust=reading.trust,
        )
        for reading in best.values()
    )
    if rows:
        record(
            ticket,
            "evidence_read",
            by="engine",
            message=message.pk,
            values={row.field: row.value for row in rows},
        )
    return rows


def bring(ticket: Ticket, *, of: Ticket) -> None:
    """What is known of a ticket that was merged into this one counts here too, by its standing."""
    _add(
        EvidenceValue(
            ticket=ticket, field=row.field, value=row.value, origin=row.origin, message=row.message,
            start=row.start, end=row.end, reader=row.reader, trust=row.trust, by=row.by, brought_from=of,
        )
        for row in of.evidence.filter(is_current=True).select_related("message", "by").order_by("pk")
    )  # fmt: skip


def withdraw(ticket: Ticket, *, of: Ticket) -> None:
    """Take out again what `bring` brought; the best of the rest counts."""
    brought = ticket.evidence.filter(brought_from=of, is_withdrawn=False)
    fields = list(brought.filter(is_current=True).values_list("field", flat=True))
    brought.update(is_withdrawn=True, is_current=False)
    for field in fields:
        _elect(ticket, field, ticket.evidence.all())


def parse_value(field: str, raw: str) -> Value:
    """The typed value of what a person typed. Raises BadValue with a sentence for that person."""
    text = raw.strip()
    match FIELDS[field].kind:
        case Kind.INTEGER:
            return _whole_number(field, text)
        case Kind.SECONDS | Kind.MONEY:
            return _number(text)
        case Kind.YES_NO:
            return _yes_or_no(text)
        case Kind.TIME:
            return _time(text)
        case _:
            return text[:MOST_CHARACTERS]


def _whole_number(field: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise BadValue(_("Write a whole number, such as 429."))
    number = int(text)
    if field == "http_status" and not 100 <= number <= 599:
        raise BadValue(_("A status is a number from 100 to 599."))
    return number


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise BadValue(_("Write a number, such as 1.2."))
    return number


def _yes_or_no(text: str) -> bool:
    answer = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}.get(
        text.lower()
    )
    if answer is None:
        raise BadValue(_("Answer yes or no."))
    return answer


def _time(text: str) -> str:
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise BadValue(_("Write the time as 2026-01-31 14:05, with a zone if you know it.")) from None
    return text


def _add(values: Iterable[EvidenceValue]) -> list[EvidenceValue]:
    """New rows of one ticket, one of a field; each becomes current unless a value of higher standing is there. Three
    statements, however many.
    """
    rows = list(values)
    if not rows:
        return rows
    evidence = rows[0].ticket.evidence
    standing = {
        row.field: row for row in evidence.filter(field__in={row.field for row in rows}, is_current=True)
    }
    replaced = []
    for row in rows:
        before = standing.get(row.field)
        if before is None or _outranks(row, before):
            row.is_current = True
            if before is not None:
                replaced.append(before.pk)
    if replaced:
        evidence.filter(pk__in=replaced).update(is_current=False)
    EvidenceValue.objects.bulk_create(rows)
    for row in rows:
        _mirror(row.ticket, row)
    return rows


def _outranks(new: EvidenceValue, standing: EvidenceValue) -> bool:
    """Higher origin wins; within one origin the newer word counts, unless it was read with less trust."""
    new_rank = _RANK[EvidenceValue.Origin(new.origin)]
    old_rank = _RANK[EvidenceValue.Origin(standing.origin)]
    if new_rank != old_rank:
        return new_rank > old_rank
    return new.trust >= standing.trust


def _take_back(ticket: Ticket, field: str, by: Person) -> EvidenceValue | None:
    standing = ticket.current_evidence().get(field)
    if standing is None or not standing.is_final:
        return standing
    ticket.evidence.filter(pk=standing.pk).update(is_current=False)
    best = _elect(ticket, field, ticket.evidence.exclude(origin=EvidenceValue.Origin.PERSON))
    record(ticket, "evidence_taken_back", by=by, field=field, value=standing.value)
    index(ticket)
    return best


def _elect(ticket: Ticket, field: str, candidates: models.QuerySet[EvidenceValue]) -> EvidenceValue | None:
    """The best of what is left becomes current."""
    rest = candidates.filter(field=field, is_withdrawn=False)
    best = max(
        rest, key=lambda row: (_RANK[EvidenceValue.Origin(row.origin)], row.trust, row.pk), default=None
    )
    if best is not None:
        best.is_current = True
        best.save(update_fields=["is_current"])
        _mirror(ticket, best)
    elif field == "charged":
        ticket.charged = None
        ticket.save(update_fields=["charged"])
        of_ticket.ask_for(ticket)
    return best


def _mirror(ticket: Ticket, row: EvidenceValue) -> None:
    """The charge stands on the ticket too, so that lists show it without a join; billing's list follows it."""
    if row.field == "charged" and row.is_current and isinstance(row.value, bool):
        ticket.charged = row.value
        ticket.save(update_fields=["charged"])
    if row.is_current and (row.field == "charged" or (ticket.charged and row.field in of_ticket.FIELDS)):
        of_ticket.ask_for(ticket)
