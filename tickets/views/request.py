"""What every view of the desk shares: who asks, by htmx or not, and the ticket they may see."""

from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from tickets.models import Person, Ticket
from tickets.models.ticket import sight_of
from tickets.permissions import can_read_tickets, can_work_tickets, require
from tickets.services.compiled import Compiled

from .errors import form_again
from .rail import forget_rail

SAFE = ("GET", "HEAD", "OPTIONS")


class DeskRequest(HttpRequest):
    """A request of a signed-in person."""

    user: Person
    htmx: HtmxDetails


class DeskView(Protocol):
    def __call__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def desk_view(view: DeskView) -> DeskView:
    """Signed-in people with a role of the desk; all others are sent to sign in, or refused.

    Someone who was signed out while typing gets the typed text back, to be sent again after signing in.
    """

    @wraps(view)
    def checked(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return (
                form_again(request)
                if request.method == "POST"
                else redirect_to_login(request.get_full_path())
            )
        require(can_read_tickets(request.user))
        if request.user.owes_second_factor:
            return form_again(request) if request.method == "POST" else redirect("mfa_index")
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        forget_rail(request.user)  # the answer may be a page already
        try:
            return view(request, *args, **kwargs)
        finally:
            forget_rail(request.user)

    return checked


def posted_from_ticket(view: DeskView) -> DeskView:
    """A form of the ticket's page, under `desk_view`. What was refused comes back at the form's own address: asked
    for again by a reload, or by hand, that address leads to the ticket.
    """

    @wraps(view)
    def checked(request: DeskRequest, number: int) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            require(can_work_tickets(request.user))
            return redirect("ticket", number=number)
        if request.method != "POST":
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        return view(request, number)

    return checked


def ticket_seen_by(person: Person, number: int, *, alone: bool = False) -> Ticket:
    """The ticket, if it exists for this person; otherwise 404. The number of a merged one leads to the survivor,
    unless it is asked for `alone`.
    """
    ticket = _seen(person, number)
    return ticket if ticket.merged_into_id is None or alone else _seen(person, ticket.merged_into_id)


def _seen(person: Person, number: int) -> Ticket:
    found = tickets_in_sight(sight_of(person), number)
    if not found:
        raise Http404
    return found[0]


@Compiled
def tickets_in_sight(sight: Any, number: Any) -> QuerySet[Ticket]:
    # Few tickets have an incident or a team, and an assignee is looked up with the other people of a page: that takes
    # less than joining them to every ticket.
    tickets = Ticket.objects.in_sight(sight).filter(number=number)
    return tickets.select_related("customer", "account", "key")
