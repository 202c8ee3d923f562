"""What points at one person: the words that must stand nowhere once the person is erased.

An address, an id or a number is plain. A name is a word like others: "Mark" or "Support" may be one. So a name, or a
part of it, counts where the product's own texts do not use it and nobody else is called so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q

from tickets.models import Account, Customer, EvidenceValue, KeyRecord, Person, Ticket
from triage.engine import catalogue

SHORTEST_NAME = 4  # letters; of Chinese and the like two signs
SHORTEST_ID = 6
IDS = ("request_id", "task_id")


@dataclass(frozen=True, slots=True)
class Marks:
    """`words` stand for the person in any text, the longest first. The rest says which rows are the person's."""

    words: tuple[str, ...]
    accounts: frozenset[int] = frozenset()  # that nobody else has
    account_names: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()  # fingerprints of keys that nobody else uses
    requests: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()


def marks_of_customer(customer: Customer) -> Marks:
    tickets = customer.tickets.all()
    others = Customer.objects.filter(erased_at=None).exclude(pk=customer.pk)
    accounts = _own_accounts(customer, others)
    keys = _own_keys(customer, accounts)
    account_names = {name for account in accounts for name in (account.name, account.external_id) if name}
    told = EvidenceValue.objects.filter(ticket__in=tickets, field__in=IDS).values_list("field", "value")
    ids: dict[str, set[str]] = {field: set() for field in IDS}
    for field, value in told:
        ids[field].add(str(value))
    used = _names_of_others(customer, accounts)
    return Marks(
        _longest_first(
            [
                customer.email,
                *names_of(customer.name, used),
                *(name for account in account_names for name in names_of(account, used)),
                *(each for field in IDS for each in ids[field] if len(each) >= SHORTEST_ID),
            ]
        ),
        frozenset(account.pk for account in accounts),
        frozenset(account_names),
        frozenset(keys),
        frozenset(ids["request_id"]) - {""},
        frozenset(ids["task_id"]) - {""},
    )


def marks_of_person(person: Person) -> Marks:
    return Marks(_longest_first([person.email, *names_of(person.name, _names_of_others(person))]))


def names_of(name: str, used: str) -> Iterator[str]:
    """The whole name, and the parts that nobody else bears. `used` are the names of the others, in small letters."""
    if _is_name(name):
        yield name
    for part in re.findall(r"[^\W\d_]+", name):
        if part != name and _is_name(part) and part.lower() not in used:
            yield part


def _is_name(words: str) -> bool:
    least = SHORTEST_NAME if words.isascii() else 2
    if len(words) < least:
        return False
    if not words.isascii():
        return words.lower() not in _written()
    return not all(part in _words() for part in re.findall(r"\w+", words.lower()))


def _own_accounts(customer: Customer, others: "Iterable[Customer]") -> list[Account]:
    seen = Q(customer=customer) | Q(tickets__customer=customer)
    of_others = Q(customer__in=others) | Q(tickets__customer__in=others)
    shared = Account.objects.filter(of_others).values("pk")
    return list(Account.objects.filter(seen).exclude(pk__in=shared).distinct())


def _own_keys(customer: Customer, accounts: Iterable[Account]) -> set[str]:
    seen = KeyRecord.objects.filter(Q(tickets__customer=customer) | Q(account__in=list(accounts)))
    shared = Ticket.objects.exclude(customer=customer).exclude(key=None).values("key")
    rows = seen.exclude(pk__in=shared).values_list("fingerprint", "fingerprint_before")
    return {fingerprint for row in rows for fingerprint in row if fingerprint}


def _names_of_others(one: Customer | Person, accounts: Iterable[Account] = ()) -> str:
    """All names that stay, in small letters."""
    found: list[str] = []
    gone = [one, *accounts]
    for model in (Customer, Person, Account):
        going = [each.pk for each in gone if isinstance(each, model)]
        found += model._default_manager.exclude(pk__in=going).exclude(name="").values_list("name", flat=True)
    return "\n".join(found).lower()


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}, key=lambda word: (-len(word), word)))


@cache
def _written() -> str:
    """All that the catalogue says."""
    folder = Path(str(catalogue.__file__)).parent
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))).lower()


@cache
def _words() -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _written()))
