"""Checking evidence chains, beside a loop that only reads the same rows and hashes them twice. SIZE counts entries."""

import hashlib
import json
from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from time import perf_counter

from tests.performance.desk import SIZES, start_django
from tests.performance.measured import Measured

LENGTH = 12  # entries of a chain
TICKETS_AT_A_TIME = 1_000


def measure(size: str) -> Measured:
    database = start_django()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measured = Measured("chain", size, database)
        started = perf_counter()
        load(SIZES[size])
        measured.figures["loading_s"] = perf_counter() - started
        _measure(measured)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    return measured


def load(entries: int) -> None:
    """So many entries, in chains such as the real door makes them."""
    from django.db import transaction

    from tests.performance import texts
    from tests.performance.desk_data import _execute, _insert, _row
    from tickets.models import Event, Ticket
    from tickets.services.intake import open_ticket

    made = [open_ticket(text=texts.text(900, seed=seed), email="one@bench.invalid") for seed in range(40)]
    contents = [list(ticket.events.order_by("position")) for ticket in made]
    first = made[-1].number + 1
    numbers = range(first, first + entries // LENGTH)
    for start in range(0, len(numbers), TICKETS_AT_A_TIME):
        tickets, events = [], []
        for number in numbers[start : start + TICKETS_AT_A_TIME]:
            ticket = copy(made[number % len(made)])
            ticket.number, ticket.follow_up_token = number, f"bench-{number}"
            events += [_event_row(event) for event in _chain(ticket, contents[number % len(made)])]
            tickets.append(_row(ticket))
        with transaction.atomic():
            _insert(Ticket, tickets)
            _insert(Event, events)
    _execute("VACUUM ANALYZE" if _is_postgres() else "ANALYZE")


def _measure(measured: Measured) -> None:
    from tickets.models import Event
    from tickets.services.anchor import anchor_chains
    from tickets.services.anchor_check import verify_anchors
    from tickets.services.chain import verify_all

    count = Event.objects.count()
    for name, do in (
        ("anchor", lambda: anchor_chains("2026-01-31")),
        ("bare", _bare),
        ("verify", lambda: _none(verify_all())),
        ("verify_anchors", lambda: _none(verify_anchors())),
    ):
        started = perf_counter()
        do()
        measured.figures[f"{name}_s"] = perf_counter() - started
    measured.figures["entries"] = count
    measured.figures["entries_per_s"] = count / measured.figures["verify_s"]
    measured.ratios["verify_to_bare"] = measured.figures["verify_s"] / measured.figures["bare_s"]


def _bare() -> None:
    """What no check can do without: the rows in order, and two hashes of each."""
    from tickets.models import Event

    rows = Event.objects.order_by("ticket_id", "position")
    for row in rows.values_list("ticket_id", "position", "salt", "data", "previous", "hash").iterator(20_000):
        hashlib.sha256(json.dumps([row[2], row[3]]).encode()).hexdigest()
        hashlib.sha256(json.dumps([row[4], row[0], row[1]]).encode()).hexdigest()


def _none(found: Iterator[object]) -> None:
    broken = next(found, None)
    assert broken is None, broken


def _chain(ticket, contents) -> Iterator[object]:
    from tickets.models.event import FIRST, new_salt

    head = FIRST
    for position in range(1, LENGTH + 1):
        event = copy(contents[position % len(contents)])
        event.pk, event.ticket_id, event.position, event.previous = None, ticket.number, position, head
        event.salt, event.at = new_salt(), event.at + timedelta(minutes=position)
        event.digest = event.digest_of_data()
        event.hash = head = event.hash_of_entry()
        yield event
    ticket.chain_length, ticket.chain_head = LENGTH, head


def _event_row(event) -> dict[str, object]:
    from tests.performance.desk_data import _row

    row = _row(event)
    return {name: json.dumps(event.data) if name == "data" else row[name] for name in row if name != "id"}


def _is_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"
