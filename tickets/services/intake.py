"""The way in: a pasted text becomes a ticket with evidence and a verdict, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from tickets.models import EvidenceValue, Message, Person, Snooze, Ticket
from triage.engine.evidence import Value

from .account import SeenKey, attach_key, customer_with, keys_among
from .assignment import assign_by_rule
from .attachment import Upload, add_files
from .event import CUSTOMER, digest_of, record
from .evidence import add_told
from .incident.joining import join_matching
from .language import language_of
from .redaction import SafeText, make_safe, make_storable
from .snooze import wake
from .status import move
from .verdict import judge

SUBJECT_LENGTH = 120


@transaction.atomic
def open_ticket(
    *,
    text: str | bytes,
    email: str,
    name: str = "",
    subject: str = "",
    language: str = "",
    source: Ticket.Source = Ticket.Source.FORM,
    told: Mapping[str, Value] | None = None,
    keys: Iterable[SeenKey] = (),
    uploads: Sequence[Upload] = (),
    idempotency_key: str = "",
    by: Person | str = CUSTOMER,
) -> Ticket:
    """Open a ticket from what a customer pasted, judged at once.

    `keys` are those that were masked in the text before it came here. The same `idempotency_key` answers with
    the ticket that it opened before.
    """
    if idempotency_key:
        before = Ticket.objects.filter(idempotency_key=idempotency_key).first()
        if before is not None:
            return before
    safe = make_storable(text)
    language = language or language_of(safe.text)
    customer = customer_with(email, name=make_safe(name).text, language=language)
    fields = {
        "subject": (make_safe(subject).text.strip() or subject_of(safe.text))[:200],
        "source": source,
        "language": language,
        "customer": customer,
        "account": customer.account,
    }
    if idempotency_key:
        ticket, is_new = Ticket.objects.get_or_create(idempotency_key=idempotency_key, defaults=fields)
        if not is_new:
            return ticket  # another request with this key was quicker
    else:
        ticket = Ticket.objects.create(**fields)
    record(ticket, "opened", by=by, source=source, subject=ticket.subject)
    message = add_customer_message(ticket, safe, source=source)
    attach_key(ticket, keys)
    if told:
        origin = EvidenceValue.Origin.API if source == Ticket.Source.API else EvidenceValue.Origin.CUSTOMER
        add_told(ticket, safe_values(told), origin=origin, message=message)
    judge(ticket, fresh=[message, *add_files(ticket, uploads, message=message)])
    join_matching(ticket)
    assign_by_rule(ticket)
    return ticket


def add_customer_message(ticket: Ticket, safe: SafeText, *, source: Ticket.Source) -> Message:
    """Store what the customer wrote, already made safe, and let the ticket wait on us."""
    message = Message.objects.create(
        ticket=ticket,
        kind=Message.Kind.CUSTOMER,
        body=safe.text,
        language=language_of(safe.text, otherwise=ticket.language),
        source=source,
        was_cut=safe.was_cut,
        redactions=safe.masked,
    )
    ticket.customer_spoke_at = message.created_at
    ticket.save(update_fields=["customer_spoke_at"])
    if not wake(ticket, because=Snooze.Ended.REPLY):
        move(ticket, Ticket.Status.OPEN)
    attach_key(ticket, keys_among(safe))
    record(
        ticket, "customer_wrote", by=CUSTOMER, message=message.pk, text=digest_of(message.body), masked=safe.masked,
        cut=safe.was_cut,
    )  # fmt: skip
    return message


def subject_of(text: str) -> str:
    """The first line that says something, cut at a word: people start with what is wrong."""
    for line in text.splitlines():
        line = " ".join(line.split())
        if sum(letter.isalnum() for letter in line) >= 3:
            return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"
    return text.strip()[:SUBJECT_LENGTH] or "–"


def safe_values(told: Mapping[str, Value]) -> dict[str, Value]:
    return {
        field: make_storable(value).text if isinstance(value, str) else value for field, value in told.items()
    }
