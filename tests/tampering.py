"""Ways to change evidence behind the desk's back, straight in the tables. Each is taken back at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from django.db import transaction

from tickets.models import Event, Person, Ticket
from tickets.models.event import new_salt

Place = tuple[int, int]  # ticket, and the first entry that is wrong now
FAR = 1_000_000


@contextmanager
def tamper(random: Random, way: str, numbers: list[int]) -> Iterator[tuple[str, Place]]:
    with transaction.atomic():
        number = random.choice(numbers)
        place = TRIES[way](random, number)
        yield f"{way} at {place}", (number, place)
        transaction.set_rollback(True)


def rewrite_from(number: int, position: int) -> None:
    """As good as it gets: one entry changed, all later ones and the head hashed anew."""
    entry = Event.objects.get(ticket=number, position=position)
    entry.kind = f"{entry.kind}_"
    entry.save()
    _hash_anew(number, position)


def _change(random: Random, number: int) -> int:
    entry = _any(random, number)
    column, value = random.choice(
        [
            ("data", {**entry.data, "more": 1}),
            ("kind", "resolved_"),
            ("actor", "person:123456"),
            ("at", entry.at.replace(microsecond=(entry.at.microsecond + 1) % 1_000_000)),
            ("salt", new_salt()),
            ("digest", "0" * 64),
            ("hash", "f" * 64),
            ("previous", "e" * 64),
            ("by", _other_than(entry.by_id)),
        ]
    )
    Event.objects.filter(pk=entry.pk).update(**{column: value})
    return entry.position


def _move_to_another_ticket(random: Random, number: int) -> int:
    """Into a place that is free there; where it was, the next one stands."""
    entry = _any(random, number)
    other = Ticket.objects.exclude(pk=number).first()
    moved = Event.objects.filter(pk=entry.pk)
    moved.update(ticket=other, position=FAR)
    moved.delete()  # the other chain is another try
    return entry.position


def _renumber(random: Random, number: int) -> int:
    entry = _any(random, number)
    Event.objects.filter(pk=entry.pk).update(position=FAR)
    return entry.position


def _empty(random: Random, number: int) -> int:
    entry = _any(random, number)
    Event.objects.filter(pk=entry.pk).update(data={}, salt="")
    return entry.position


def _delete(random: Random, number: int) -> int:
    entry = _any(random, number)
    entry.delete()
    return entry.position


def _delete_and_close_up(random: Random, number: int) -> int:
    """The later ones are moved up, hashed anew, and the head with them."""
    entry = _any(random, number)
    last = _length(number)
    entry.delete()
    for later in range(entry.position + 1, last + 1):
        Event.objects.filter(ticket=number, position=later).update(position=later - 1)
    _hash_anew(number, entry.position)
    return entry.position


def _insert(random: Random, number: int) -> int:
    entry = _any(random, number)
    _make_room(number, entry.position)
    entry.pk = None
    entry.save(force_insert=True)
    return entry.position + 1  # the copy fits at its place; the first that was moved does not


def _insert_and_hash_anew(random: Random, number: int) -> int:
    entry = _any(random, number)
    _make_room(number, entry.position)
    entry.pk, entry.kind = None, "forged"
    entry.save(force_insert=True)
    _hash_anew(number, entry.position)
    return entry.position


def _append(random: Random, number: int) -> int:
    last = Event.objects.get(ticket=number, position=_length(number))
    last.pk, last.position, last.previous = None, last.position + 1, last.hash
    last.hash = last.hash_of_entry()
    last.save(force_insert=True)
    return last.position


def _swap(random: Random, number: int) -> int:
    one, other = sorted(random.sample(range(1, _length(number) + 1), 2))
    events = Event.objects.filter(ticket=number)
    events.filter(position=one).update(position=FAR)
    events.filter(position=other).update(position=one)
    events.filter(position=FAR).update(position=other)
    return one


def _swap_and_hash_anew(random: Random, number: int) -> int:
    place = _swap(random, number)
    _hash_anew(number, place)
    return place


def _rewrite(random: Random, number: int) -> int:
    entry = _any(random, number)
    rewrite_from(number, entry.position)
    return entry.position


def _change_head(random: Random, number: int) -> int:
    Ticket.objects.filter(pk=number).update(chain_head="a" * 64)
    return _length(number)


def _change_length(random: Random, number: int) -> int:
    length = _length(number)
    wrong = random.choice([each for each in range(length + 4) if each != length])
    Ticket.objects.filter(pk=number).update(chain_length=wrong)
    return min(wrong, length) + 1


TRIES: dict[str, Callable[[Random, int], int]] = {
    "change": _change,
    "rewrite": _rewrite,
    "delete": _delete,
    "delete and close up": _delete_and_close_up,
    "move to another ticket": _move_to_another_ticket,
    "insert": _insert,
    "insert and hash anew": _insert_and_hash_anew,
    "append": _append,
    "swap": _swap,
    "swap and hash anew": _swap_and_hash_anew,
    "renumber": _renumber,
    "empty": _empty,
    "change the head": _change_head,
    "change the length": _change_length,
}
WAYS = ("change", "change", "change", *TRIES)


def _any(random: Random, number: int) -> Event:
    return Event.objects.get(ticket=number, position=random.randint(1, _length(number)))


def _length(number: int) -> int:
    return Event.objects.filter(ticket=number).count()


def _other_than(pk: int | None) -> Person:
    """Somebody who did not do it."""
    return Person.objects.exclude(pk=pk or 0).first() or Person.objects.create_user("other@desk.invalid")


def _make_room(number: int, position: int) -> None:
    for later in range(_length(number), position - 1, -1):
        Event.objects.filter(ticket=number, position=later).update(position=later + 1)


def _hash_anew(number: int, position: int) -> None:
    before = Event.objects.filter(ticket=number, position=position - 1).first()
    previous = before.hash if before else "0" * 64
    length = position - 1
    for event in Event.objects.filter(ticket=number, position__gte=position).order_by("position"):
        event.previous, event.digest = previous, event.digest_of_data()
        event.hash = previous = event.hash_of_entry()
        event.save()
        length = event.position
    Ticket.objects.filter(pk=number).update(chain_head=previous, chain_length=length)
