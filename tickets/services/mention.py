"""`@Li Wei` in a note calls for a colleague: the ticket comes to their list and a letter tells them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tickets.models import Mention, Message, Person, Role, Ticket

from . import outbox
from .staff_letter import write_to

# Not within an address such as li@example.org; the full-width sign is what Chinese input methods give.
_SIGN = re.compile(r"(?<![A-Za-z0-9._%+-])[@\uff20]")
READ_NOTES = (Role.AGENT, Role.ENGINEER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be called for, with the words that do it: the name, or the address where two share a name."""

    person: Person
    handle: str


def colleagues_on(ticket: Ticket, *, of: Person) -> list[Colleague]:
    """Whom `of` can call for on this ticket: those who may read its notes, by name."""
    people = _readers_of_notes(ticket)
    names = Counter(person.name.casefold() for person in people)
    return [
        Colleague(person, person.name if person.name and names[person.name.casefold()] == 1 else person.email)
        for person in people
        if person != of
    ]


def call(note: Message, *, by: Person) -> list[Person]:
    """Whom this note calls for; each is told once. Part of the transaction that adds the note."""
    if not _SIGN.search(note.body):
        return []
    called = [person for person in named_in(note.body, _readers_of_notes(note.ticket)) if person != by]
    for person in called:
        mention = Mention.objects.create(ticket=note.ticket, note=note, person=person)
        outbox.add("mail_mention", mention, key=f"mention:{mention.pk}")
    return called


def named_in(body: str, people: Iterable[Person]) -> list[Person]:
    """The people whose name or address follows an @, each once, in the order of the text. The longest name counts;
    two of the same name are both meant.
    """
    handles = [
        (handle.casefold(), person) for person in people for handle in (person.name, person.email) if handle
    ]
    found = dict[Person, None]()
    text = body.casefold()
    for sign in _SIGN.finditer(text):
        fitting = [(handle, person) for handle, person in handles if _stands_at(text, sign.end(), handle)]
        longest = max((len(handle) for handle, _person in fitting), default=0)
        found.update(dict.fromkeys(person for handle, person in fitting if len(handle) == longest))
    return list(found)


def mail_mention(mention_id: int, *, idempotency_key: str) -> None:
    """Nothing where the person may not read the ticket any more."""
    mention = Mention.objects.select_related("ticket", "note__author", "person").filter(pk=mention_id).first()
    if mention is None or not Ticket.objects.visible_to(mention.person).filter(pk=mention.ticket_id).exists():
        return
    write_to(mention.person, idempotency_key, lambda: _words(mention))


def _words(mention: Mention) -> tuple[str, list[str]]:
    """Without the note itself, which may quote evidence: mail leaves the house."""
    ticket = mention.ticket
    named = {"name": mention.note.author or "", "number": ticket.number, "subject": ticket.subject}
    return _("%(name)s mentioned you: #%(number)d %(subject)s") % named, [
        _("%(name)s mentioned you in a note on this ticket.") % named,
        settings.BASE_URL + reverse("ticket", args=[ticket.number]) + f"#message-{mention.note_id}",
    ]


def _readers_of_notes(ticket: Ticket) -> list[Person]:
    people = Person.objects.filter(is_active=True, role__in=READ_NOTES).order_by("name", "pk")
    return [
        person
        for person in people
        if not person.is_narrowed or Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
    ]


def _stands_at(text: str, at: int, handle: str) -> bool:
    """`@Li` is not `@Lina`; Chinese is written without spaces, so a Chinese name ends where it ends."""
    if not text.startswith(handle, at):
        return False
    following = text[at + len(handle) : at + len(handle) + 1]
    return not (handle[-1].isascii() and following.isascii() and following.isalnum())
