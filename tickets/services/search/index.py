"""Keeps the search entries. Called in the transaction of every change of what can be searched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tickets.models import Customer, EvidenceValue, Message, SearchDoc, Ticket

from .form import FORM
from .tokens import field_token, field_tokens, normalise, tokens_of

MOST_OF_A_MESSAGE = 16_000  # characters
MOST_BYTES = 500_000  # of all tokens of one ticket; PostgreSQL takes up to 1 MB
FIELDS = {  # evidence with an operator
    "http_status": "status",
    "model": "model",
    "provider": "provider",
    "request_id": "request",
    "task_id": "task",
}
# Steps of the number line. They let the database look at the newest tickets only: see `find`.
STEPS = (10, 14, 17)
MERGED = "state=merged"  # lists leave these out, without a look at the tickets


def index(ticket: Ticket) -> None:
    index_many([ticket.pk])


def index_tickets_of(customer: Customer) -> None:
    index_many(list(customer.tickets.values_list("pk", flat=True)))


def index_many(numbers: Iterable[int], *, batch: int = 500) -> int:
    """Write the entries of these tickets anew; how many."""
    waiting = list(numbers)
    for start in range(0, len(waiting), batch):
        docs = list(_docs(waiting[start : start + batch]))
        SearchDoc.objects.bulk_create(
            docs, update_conflicts=True, unique_fields=["ticket"], update_fields=["tokens", "text"]
        )
    return len(waiting)


def _docs(numbers: list[int]) -> Iterator[SearchDoc]:
    evidence: dict[int, list[tuple[str, object]]] = defaultdict(list)
    current = EvidenceValue.objects.filter(ticket__in=numbers, is_current=True).order_by("pk")
    for number, field, value in current.values_list("ticket_id", "field", "value"):
        evidence[number].append((field, value))
    bodies: dict[int, list[str]] = defaultdict(list)
    for number, body in Message.objects.kept().filter(ticket__in=numbers).values_list("ticket_id", "body"):
        bodies[number].append(body[:MOST_OF_A_MESSAGE])
    tags: dict[int, list[str]] = defaultdict(list)
    for number, tag in Ticket.tags.through.objects.filter(ticket__in=numbers).values_list(
        "ticket_id", "tag__name"
    ):
        tags[number].append(tag)
    merged: dict[int, list[int]] = defaultdict(list)
    for into, number in Ticket.objects.filter(merged_into__in=numbers).values_list(
        "merged_into_id", "number"
    ):
        merged[into].append(number)
    for ticket in Ticket.objects.filter(pk__in=numbers).select_related("customer", "account", "key"):
        pk = ticket.pk
        yield entry_of(ticket, evidence[pk], bodies[pk], tags[pk], merged[pk])


def entry_of(
    ticket: Ticket,
    evidence: list[tuple[str, object]],
    bodies: list[str],
    tags: Iterable[str] = (),
    merged: Iterable[int] = (),
) -> SearchDoc:
    """The entry of a ticket whose customer, account and key are at hand. Numbers `merged` into it lead to it."""
    seen = [normalise(words) for words in (*_seen_by_all(ticket), *map(str, merged), *tags)]
    hidden = [normalise(str(value)) for field, value in evidence if isinstance(value, str)]
    hidden += [normalise(body) for body in bodies]
    if ticket.key is not None:
        hidden.append(normalise(ticket.key.last_four))
    others = (
        *(token for tag in tags for token in field_tokens("tag", tag)),
        *(field_token("number", number) for number in merged),
    )
    tokens = dict.fromkeys((*_field_tokens(ticket, evidence), *others))
    for words in seen:
        for token in tokens_of(words):
            tokens[token] = tokens[f"seen={token}"] = None
    for words in hidden:
        tokens.update(dict.fromkeys(tokens_of(words)))
    return SearchDoc(ticket=ticket, tokens=" ".join(_fitting(tokens)), text="\n".join([*seen, *hidden]))


def _seen_by_all(ticket: Ticket) -> Iterator[str]:
    """What also those may search who do not see evidence."""
    yield str(ticket.number)
    yield ticket.subject
    yield ticket.customer.name
    yield ticket.customer.email
    if ticket.account is not None:
        yield ticket.account.name
        yield ticket.account.external_id


def _field_tokens(ticket: Ticket, evidence: list[tuple[str, object]]) -> Iterator[str]:
    yield FORM
    yield field_token("number", ticket.number)
    yield field_token("email", ticket.customer.email)
    yield from field_tokens("cause", ticket.cause)
    for step in STEPS:
        yield step_token(step, ticket.number >> step)
    if ticket.merged_into_id:
        yield MERGED
    if ticket.key is not None:
        yield field_token("key", ticket.key.last_four)
    if ticket.account is not None:
        names = normalise(f"{ticket.account.name} {ticket.account.external_id}")
        for token in tokens_of(names):
            yield f"account={token}"
            yield f"seen=account={token}"
    for field, value in evidence:
        if field == "account":
            yield from (f"account={token}" for token in tokens_of(normalise(str(value))))
        if field in FIELDS:
            yield from field_tokens(FIELDS[field], value)


def step_token(step: int, part: int) -> str:
    return f"step{step}={part}"


def _fitting(tokens: Iterable[str]) -> Iterator[str]:
    size = 0
    for token in tokens:
        size += len(token.encode())
        if size > MOST_BYTES:
            return
        yield token
