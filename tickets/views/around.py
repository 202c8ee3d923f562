"""The tickets before and after one, in the order of the list that it was opened from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tickets.models import Ticket
from tickets.services import presence
from tickets.services.queued_ticket import QueuedTicket

from .request import DeskRequest
from .selection import numbers_in

FOLLOWING = 10  # tickets that are looked at for one that nobody is in


@dataclass(frozen=True, slots=True)
class Around:
    before: int | None = None
    after: int | None = None
    following: str = ""  # numbers, as a form carries them


def around(ticket: Ticket, tickets: Sequence[QueuedTicket]) -> Around:
    """Within the queue beside the ticket. From one that is answered, and has left it, the way on leads to the queue's
    first. A script puts in its place the list that the person came from.
    """
    numbers = [each.number for each in tickets]
    if ticket.number not in numbers:
        return Around(after=next(iter(numbers), None), following=_listed(numbers))
    at = numbers.index(ticket.number)
    return Around(
        before=numbers[at - 1] if at else None,
        after=numbers[at + 1] if at + 1 < len(numbers) else None,
        following=_listed(numbers[at + 1 :]),
    )


def following(request: DeskRequest) -> HttpResponse:
    """On to the first ticket of those that the form carries that no colleague is in; else to the inbox."""
    numbers = numbers_in(request.POST.get("following", ""))[:FOLLOWING]
    there = set(Ticket.objects.visible_to(request.user).filter(pk__in=numbers).values_list("pk", flat=True))
    taken = presence.of(numbers, besides=request.user)
    free = next((number for number in numbers if number in there and number not in taken), None)
    # Without an end of its own the address would keep the one of the form, somewhere down the page.
    return redirect(f"{reverse('ticket', args=[free])}#main") if free else redirect("inbox")


def _listed(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers[:FOLLOWING]))
