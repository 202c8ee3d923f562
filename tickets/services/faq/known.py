"""The names and ids of the cases behind a draft: what must not stand in it."""

import re
from collections.abc import Iterable, Iterator

from tickets.models import EvidenceValue, Person, Ticket

OF_ONE_CASE = ("account", "key_owner", "key", "request_id", "task_id", "base_url")
SHORTEST_PART = 3  # letters of a part of a name; a Chinese part has two signs
_PARTS = re.compile(r"[^\W\d_]+|\w{4,}")


def known_of(tickets: Iterable[Ticket]) -> set[str]:
    """`tickets` come with customer, account and key."""
    numbers = [ticket.pk for ticket in tickets]
    values = EvidenceValue.objects.filter(ticket__in=numbers, field__in=OF_ONE_CASE)
    people = Person.objects.values_list("name", "email")
    found = {str(value) for value in values.values_list("value", flat=True)}
    for ticket in tickets:
        found.update(_of_ticket(ticket))
    for name, email in people:
        found.update((*_name(name), email))
    return {value for value in found if value.strip()}


def _of_ticket(ticket: Ticket) -> Iterator[str]:
    customer, account, key = ticket.customer, ticket.account, ticket.key
    yield customer.email
    yield from customer.email.split("@")
    yield from _name(customer.name)
    if account is not None:
        yield account.external_id
        yield from _name(account.name)
        yield account.group
    if key is not None:
        yield from (key.owner, key.prefix + key.last_four, key.last_four, key.fingerprint)


def _name(name: str) -> Iterator[str]:
    """The whole name, and its parts: people sign with one of them."""
    yield name
    for part in _PARTS.findall(name):
        if len(part) >= SHORTEST_PART or not part.isascii():
            yield part
