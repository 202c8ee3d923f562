"""Pages of the desk over many tickets, beside bare views that render the same templates from memory.

All requests go through the same middleware in the same process, in interleaved rounds.
"""

import os
from collections.abc import Callable
from time import perf_counter
from typing import Any

from tests.performance.measured import Measured, median, p95
from tests.servers import find_postgres

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
ROUNDS = 60
RAIL_SECONDS = 5  # as in the product; `inbox_counted` is the first page of somebody
WARM_UP = 5


def measure(size: str) -> Measured:
    database = start_django()
    from django.db import connection
    from django.test.utils import override_settings

    from tests.performance import desk_data

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(ROOT_URLCONF="tests.performance.desk_urls", RAIL_SECONDS=RAIL_SECONDS):
            started = perf_counter()
            desk_data.load(SIZES[size])
            measured = Measured("desk", size, database)
            measured.figures["loading_s"] = perf_counter() - started
            _measure_pages(measured)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    return measured


def start_django() -> str:
    """Settings of the tests on PostgreSQL where it answers, else SQLite; which of them."""
    try:
        os.environ["TEST_DATABASE_URL"] = find_postgres()
        database = "postgresql"
    except LookupError:
        os.environ.pop("TEST_DATABASE_URL", None)
        database = "sqlite"
    os.environ.pop("TEST_REDIS_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    return database


def _measure_pages(measured: Measured) -> None:
    from django.test import Client

    from tests.performance.desk_data import COMMON, RARE
    from tickets.models import Person, Ticket
    from tickets.services.intake import open_ticket
    from triage.server import collect_less

    client = Client()
    reader = Person.objects.get(email="agent0@bench.invalid")
    client.force_login(reader)
    newest = Ticket.objects.latest("number").number
    numbers = [newest - at * 37 for at in range(ROUNDS + WARM_UP)]
    addresses = {
        "inbox": lambda at: "/desk/",
        "ticket": lambda at: f"/tickets/{numbers[at]}/",
        "search_rare": lambda at: f"/desk/?q={RARE}",
        "search_common": lambda at: f"/desk/?q={COMMON}",
        "search_phrase": lambda at: f'/desk/?q="{COMMON} when"',
        "search_model": lambda at: "/desk/?q=model:gpt-4o*",
        "resolved": lambda at: "/desk/?view=resolved",
        "plain": lambda at: "/plain/",
        "bare": lambda at: "/bare/inbox/",
        "bare_ticket": lambda at: "/bare/ticket/",
    }
    _keep_page(client, "inbox", "desk/inbox.html", "/desk/")
    _keep_page(client, "ticket", "desk/ticket.html", addresses["ticket"](0))
    collect_less()  # as each web process of the product does
    doing = {name: _getting(client, address) for name, address in addresses.items()}
    doing["search_common"] = lambda at: _search_first(client, reader, COMMON)
    doing["search_common_again"] = _getting(client, addresses["search_common"])
    doing["inbox_counted"] = lambda at: _get_counted(client, reader)
    doing["similar"] = lambda at: _similar(numbers[at])
    doing["create"] = lambda at: open_ticket(text=f"429 again, try {at}", email="new@bench.invalid")
    times: dict[str, list[float]] = {name: [] for name in doing}
    for at in range(ROUNDS + WARM_UP):
        for name, do in doing.items():
            started = perf_counter()
            do(at)
            times[name].append(perf_counter() - started)
    _report(measured, {name: taken[WARM_UP:] for name, taken in times.items()})
    for name in ("inbox", "ticket", "search_rare", "search_common", "bare", "bare_ticket"):
        measured.queries[name.removesuffix("_rare")] = _queries(client, addresses[name](1))


def _report(measured: Measured, times: dict[str, list[float]]) -> None:
    created = times.pop("create")
    for name, taken in times.items():
        measured.figures[f"{name}_ms"] = median(taken) * 1e3
        measured.figures[f"{name}_p95_ms"] = p95(taken) * 1e3
    measured.figures["create_per_s"] = 1 / median(created)
    for name in (
        "inbox",
        "inbox_counted",
        "search_rare",
        "search_common",
        "search_common_again",
        "search_phrase",
        "search_model",
        "similar",
        "resolved",
    ):
        measured.ratios[f"{name}_to_bare"] = measured.figures[f"{name}_ms"] / measured.figures["bare_ms"]
    for name in ("inbox", "ticket", "search_rare", "search_common"):
        measured.ratios[f"{name}_to_plain"] = measured.figures[f"{name}_ms"] / measured.figures["plain_ms"]
    measured.ratios["ticket_to_bare"] = measured.figures["ticket_ms"] / measured.figures["bare_ticket_ms"]


def _keep_page(client: Any, name: str, template: str, address: str) -> None:
    """Render the real page once and keep what it rendered, read into memory, for the bare view."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.performance.desk_urls import kept

    setup_test_environment()  # lets the client see what was rendered
    answer = client.get(address)
    context = {key: in_memory(answer.context[key]) for key in answer.context.keys() - _OWN}
    kept[name] = (template, context)
    teardown_test_environment()


# What the context processors give anew to each request.
_OWN = {"request", "user", "perms", "messages", "csrf_token", "True", "False", "None", "block"}


def in_memory(value: Any) -> Any:
    from django.db.models import QuerySet
    from django.forms import Form
    from django.forms.models import ModelChoiceField

    if isinstance(value, QuerySet):
        return list(value)
    if isinstance(value, Form):
        for name, field in value.fields.items():
            if isinstance(field, ModelChoiceField):
                value.fields[name].choices = list(field.choices)  # type: ignore[attr-defined, arg-type]
    return value


def _similar(number: int) -> object:
    """As the ticket's page asks for them: by its error, then by its rare words."""
    from tickets.models import Person, Role, Ticket
    from tickets.services.similar import similar_to

    ticket = Ticket.objects.get(pk=number)
    known = {field: row.value for field, row in ticket.current_evidence().items()}
    reader = Person(role=Role.ADMIN)
    words = (ticket.subject, str(known.get("raw_error", "")))
    return similar_to(ticket, reader=reader, words=words, known=known)


def _getting(client: Any, address: Callable[[int], str]) -> Callable[[int], object]:
    return lambda at: _get(client, address(at))


def _get(client: Any, address: str) -> Any:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer


def _search_first(client: Any, reader: Any, word: str) -> object:
    """As if the reader had not searched for it lately."""
    from django.core.cache import cache

    from tickets.services.counting import key_of
    from tickets.services.listing import listing_of

    cache.delete(key_of(listing_of({"q": word}, reader)))
    return _get(client, f"/desk/?q={word}")


def _get_counted(client: Any, reader: Any) -> object:
    from tickets.views.rail import forget_rail

    forget_rail(reader)
    return _get(client, "/desk/")


def _queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
