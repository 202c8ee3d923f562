"""Many tickets straight into the tables: a hundred that came through the real door, copied with varying words.

Each ticket has three messages, evidence, a verdict with its trace, a chain that verifies and a search entry.
"""

import json
import multiprocessing
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import JSONField, Model
from django.utils import timezone

from tests.performance import texts
from tickets.models import (
    Account,
    Customer,
    Event,
    EvidenceValue,
    KeyRecord,
    Message,
    Person,
    Role,
    SearchDoc,
    Ticket,
    Verdict,
)
from tickets.models.event import FIRST
from tickets.models.ticket_state import NO_DEADLINE
from tickets.services.intake import open_ticket
from tickets.services.search.index import entry_of
from tickets.services.search.tokens import normalise, tokens_of

RARE = "quokka"  # stands in RARE_HITS tickets, however many there are
RARE_HITS = 44
COMMON = "error"
PROTOTYPES = 120
CHUNK = 2_000  # tickets
_SUBJECTS = (
    "{model} answers {status} since noon",
    "Requests of our {word} service fail",
    "{model} 调用报错 {status}",
    "Stream of {model} stops half way",
    "{word} 任务一直在排队",
    "Charged but no answer from {model}",
    "Cannot use the key of our {word} team",
)
_MODELS = (
    "gpt-4o",
    "gpt-4o-mini",
    "claude-sonnet-4-5",
    "deepseek-chat",
    "qwen-max",
    "gemini-2.5-pro",
    "kling-v2",
)
_WORDS = (
    "billing", "search", "import", "summary", "translation", "chatbot", "pipeline", "report", "voice", "gateway",
)  # fmt: skip


_FILLED: tuple[type[Model], ...] = (Ticket, Message, EvidenceValue, Verdict, Event, SearchDoc)

Row = dict[str, Any]
Rows = dict[type[Model], list[Row]]


@dataclass(slots=True)
class Prototype:
    """A ticket of the real door, taken apart into rows."""

    ticket: Ticket
    message: Row
    evidence: list[Row]
    verdict: Row
    tokens: str  # of its first message
    text: str


def load(size: int, *, prototypes: int = PROTOTYPES) -> None:
    """Fill an empty database with `size` tickets."""
    taken_apart = [_prototype(seed) for seed in range(prototypes)]
    people = [
        Person.objects.create_user(f"agent{at}@bench.invalid", name=f"Agent {at}", role=Role.AGENT)
        for at in range(20)
    ]
    customers = _customers(size)
    postgres = connection.vendor == "postgresql"
    first = Ticket.objects.latest("number").number + 1
    rare = frozenset(range(first, first + size, -(-size // RARE_HITS)))
    with _indexes_made_at_once() if postgres else nullcontext():
        chunks = [
            range(start, min(start + CHUNK, first + size)) for start in range(first, first + size, CHUNK)
        ]
        _write_side_by_side(chunks, first + size, rare, taken_apart, people, customers)
    if postgres:
        for table, column in (("tickets_ticket", "number"), ("tickets_message", "id")):
            sequence = f"pg_get_serial_sequence('{table}', '{column}')"
            _execute(f"SELECT setval({sequence}, (SELECT max({column}) FROM {table}))")
    _execute("VACUUM ANALYZE" if postgres else "ANALYZE")


@contextmanager
def _indexes_made_at_once() -> Iterator[None]:
    """While rows come in, PostgreSQL keeps no indexes but those of the keys."""
    tables = [model._meta.db_table for model in _FILLED]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid::regclass::text = ANY(%s)"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
            [tables],
        )
        indexes = cursor.fetchall()
    for name, _definition in indexes:
        _execute(f"DROP INDEX {name}")
    yield
    _execute("SET maintenance_work_mem = '1GB'")
    for _name, definition in indexes:
        _execute(definition)


def _prototype(seed: int) -> Prototype:
    ticket = open_ticket(text=texts.text(300 + seed * 7, seed=seed), email=f"first{seed}@bench.invalid")
    message = _without_number(ticket.messages.get())
    text = normalise(message["body"])
    evidence = [_without_number(value) for value in ticket.evidence.filter(is_current=True)[:6]]
    tokens = " ".join(dict.fromkeys(tokens_of(text)))
    return Prototype(ticket, message, evidence, _without_number(ticket.verdicts.get()), tokens, text)


def _customers(size: int) -> list[Customer]:
    dice = random.Random("customers")
    accounts = Account.objects.bulk_create(
        Account(
            name=f"{dice.choice(_WORDS).title()} {_id(dice, 4)}", external_id=f"acc-{at}", group="default"
        )
        for at in range(max(20, size // 100))
    )
    keys = KeyRecord.objects.bulk_create(
        (
            KeyRecord(account=account, fingerprint=_id(dice, 32), last_four=_id(dice, 4), prefix="sk-")
            for account in accounts
        ),
        batch_size=1_000,
    )
    customers = Customer.objects.bulk_create(
        (
            Customer(
                email=f"person{at}@bench.invalid", name=f"{_id(dice, 5)} {_id(dice, 7)}", account=account
            )
            for at, account in enumerate(accounts * 3)
        ),
        batch_size=1_000,
    )
    for at, customer in enumerate(customers):
        customer.key = keys[at % len(keys)]  # type: ignore[attr-defined]
    return customers


def _write_side_by_side(chunks: list[range], *given: Any) -> None:
    """PostgreSQL takes rows from as many processes as there are processors, SQLite from this one."""
    if connection.vendor != "postgresql":
        _write_chunks(chunks, *given)
        return
    count = os.cpu_count() or 1
    connection.close()  # so that no two processes share one
    connection.close_pool()  # type: ignore[attr-defined]
    fork = multiprocessing.get_context("fork")  # hands over what is in memory
    writers = [fork.Process(target=_write_chunks, args=(chunks[at::count], *given)) for at in range(count)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    if any(writer.exitcode for writer in writers):
        raise RuntimeError("rows are missing: a process that writes them failed")


def _write_chunks(chunks: list[range], *given: Any) -> None:
    if connection.vendor == "postgresql":
        _execute("SET session_replication_role = replica")  # references are not looked up
    for chunk in chunks:
        _write_chunk(chunk, *given)
    connection.close()


def _write_chunk(
    numbers: Sequence[int], newest: int, rare: frozenset[int], prototypes: list[Prototype],
    people: list[Person], customers: list[Customer],
) -> None:  # fmt: skip
    made: Rows = {model: [] for model in _FILLED}
    now = timezone.now()
    for number in numbers:
        dice = random.Random(number)
        at = now - timedelta(minutes=(newest - number) * 2, seconds=dice.randrange(100))
        prototype = dice.choice(prototypes)
        ticket = _ticket(number, at, prototype.ticket, dice, people, dice.choice(customers))
        again = texts.text(250, seed=number) + f"\nrequest id req_{_id(dice, 16)}"
        again += f", near the {RARE}" if number in rare else ""
        answer = f"Thank you. We looked at the log and see {ticket.subject}."
        made[Event] += _chain(ticket, dice)
        made[Ticket].append(_row(ticket))
        made[Message] += _messages(prototype, ticket, answer, again)
        evidence = [
            _own(row, dice) | {"ticket_id": number, "message_id": number * 3} for row in prototype.evidence
        ]
        made[EvidenceValue] += evidence
        judged = f"{prototype.verdict['text']}\nrequest id req_{_id(dice, 16)}"
        made[Verdict].append({**prototype.verdict, "text": judged, "ticket_id": number, "created_at": at})
        made[SearchDoc].append(_entry(prototype, ticket, evidence, [again, answer]))
    with transaction.atomic():
        for model, rows in made.items():
            _insert(model, rows)


def _ticket(
    number: int, at: datetime, proto: Ticket, dice: random.Random, people: list[Person], customer: Customer
) -> Ticket:
    state = dice.choices(("open", "waiting", "resolved"), (4, 3, 93))[0]
    later = at + timedelta(minutes=30)
    subject = dice.choice(_SUBJECTS).format(
        model=dice.choice(_MODELS), word=dice.choice(_WORDS), status=dice.choice((401, 404, 429, 500, 503))
    )
    ticket = copy(proto)
    ticket.number, ticket.subject, ticket.status = number, subject, state
    ticket.customer, ticket.account, ticket.key = customer, customer.account, customer.key  # type: ignore[attr-defined]
    ticket.assignee = dice.choice(people) if dice.random() < 0.7 else None
    ticket.verdict_by_person = state != "open" or dice.random() < 0.3
    ticket.fingerprint = proto.fingerprint if dice.random() < 0.3 else _id(dice, 16)
    ticket.charged = dice.choice((True, False, None))
    ticket.follow_up_token = f"bench-{number}"
    ticket.created_at, ticket.changed_at, ticket.desk_spoke_at = at, later, at + timedelta(minutes=9)
    ticket.customer_spoke_at = later if state == "open" else at
    ticket.resolved_at = later if state == "resolved" else None
    ticket.due_at = later + timedelta(hours=4) if state == "open" else NO_DEADLINE
    return ticket


def _chain(ticket: Ticket, dice: random.Random) -> Iterator[Row]:
    """Four entries, and the head of them on the ticket."""
    head = FIRST
    for position, kind in enumerate(("opened", "judged", "replied", "customer_wrote"), start=1):
        at = ticket.created_at + timedelta(minutes=position * 7)
        data = {"cause": ticket.cause} if kind == "judged" else {}
        event = Event(
            ticket_id=ticket.number, position=position, kind=kind, actor="bench", at=at, data=data,
            salt=_id(dice, 32), previous=head,
        )  # fmt: skip
        event.digest = event.digest_of_data()
        event.hash = event.hash_of_entry()
        head = event.hash
        yield {
            "ticket_id": ticket.number, "position": position, "kind": kind, "actor": "bench", "at": at,
            "data": json.dumps(data), "salt": event.salt, "digest": event.digest, "previous": event.previous,
            "hash": event.hash,
        }  # fmt: skip
    ticket.chain_length, ticket.chain_head = 4, head


def _messages(prototype: Prototype, ticket: Ticket, answer: str, again: str) -> Iterator[Row]:
    turns = (("customer", prototype.message["body"]), ("reply", answer), ("customer", again))
    for offset, (kind, body) in enumerate(turns):
        at = ticket.created_at + timedelta(minutes=offset * 10)
        changed = {"id": ticket.number * 3 + offset, "ticket_id": ticket.number, "kind": kind, "body": body}
        yield {**prototype.message, **changed, "created_at": at}


def _own(row: Row, dice: random.Random) -> Row:
    """The same evidence; but of its request and its task each ticket has its own number."""
    is_number = row["field"] in ("request_id", "task_id")
    return {**row, "value": json.dumps(_id(dice, 20))} if is_number else dict(row)


def _entry(prototype: Prototype, ticket: Ticket, evidence: list[Row], bodies: list[str]) -> Row:
    fields: list[tuple[str, object]] = [(row["field"], json.loads(row["value"])) for row in evidence]
    doc = entry_of(ticket, [each for each in fields if each[0] != "raw_error"], bodies)
    return {
        "ticket_id": ticket.number,
        "tokens": f"{doc.tokens} {prototype.tokens}",
        "text": f"{doc.text}\n{prototype.text}",
    }


def _row(record: Model) -> Row:
    """Columns and their values, ready for the database; without a number that the database gives."""
    return {
        str(field.column): field.get_db_prep_save(getattr(record, field.attname), connection)
        for field in record._meta.concrete_fields
    }


def _without_number(record: Model) -> Row:
    return {
        str(field.column): json.dumps(value) if isinstance(field, JSONField) else value
        for field in record._meta.concrete_fields
        for value in [getattr(record, field.attname)]
        if field.column != "id"
    }


def _insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    table, columns = model._meta.db_table, list(rows[0])
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(list(row.values()))
        else:
            marks = ", ".join(["%s"] * len(columns))
            values = [[_plain(value) for value in row.values()] for row in rows]
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _id(dice: random.Random, length: int) -> str:
    return "".join(dice.choices("0123456789abcdef", k=length))
