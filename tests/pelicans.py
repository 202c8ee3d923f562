"""Tickets about pelicans, by their search entries alone."""

from tests.factories import make_ticket
from tickets.models import SearchDoc, Ticket
from tickets.services.search.index import STEPS, step_token
from tickets.services.search.tokens import field_tokens

FAR = 400_000  # numbers between old tickets and new ones


def make_pelicans():
    """The numbers of 60 of them, the newest first: 6 old ones, then many numbers later 54 more. Every ninth number has
    the phrase, and each a model and a request by its rest of three.
    """
    first = make_ticket("pelican tail stands here").pk
    old = [first + at for at in range(6)]
    new = [first + FAR + at for at in range(54)]
    customer = Ticket.objects.get(pk=first).customer
    Ticket.objects.bulk_create(
        Ticket(number=number, subject=f"No. {number}", customer=customer, follow_up_token=f"token {number}")
        for number in (*old[1:], *new)
    )
    SearchDoc.objects.filter(pk=first).delete()
    SearchDoc.objects.bulk_create(_entry(number, number % 9 == 0) for number in (*old, *new))
    return [*old, *new][::-1]


def _entry(number, has_phrase):
    words = "the tail of pelicans" if has_phrase else "of tail the pelicans"
    name = f"pelican-4o{number % 3}"
    named = [*field_tokens("model", name), *field_tokens("request", name)]
    steps = [step_token(step, number >> step) for step in STEPS]
    return SearchDoc(ticket_id=number, tokens=" ".join(["the tail of pelicans", *named, *steps]), text=words)
