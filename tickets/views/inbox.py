from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tickets.models import Person, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.services.paging import page_of

from .request import DeskRequest, desk_view


@dataclass(frozen=True, slots=True)
class View:
    """A named list of the inbox."""

    slug: str
    title: str | Promise
    empty: str | Promise
    tone: str
    rows: Callable[[TicketQuerySet, Person], TicketQuerySet]


VIEWS = (
    View(
        "verdict", _("Needs a verdict"), _("Every open ticket has a confirmed verdict."), "accent",
        lambda tickets, person: tickets.needing_verdict(),
    ),
    View(
        "mine", _("Mine"), _("Nothing is assigned to you."), "",
        lambda tickets, person: tickets.assigned_to(person),
    ),
    View(
        "us", _("Waiting on us"), _("Nobody waits for an answer."), "",
        lambda tickets, person: tickets.waiting_on_us(),
    ),
    View(
        "customer", _("Waiting for the customer"), _("We wait for no customer."), "evidence",
        lambda tickets, person: tickets.waiting_for_customer(),
    ),
    View(
        "escalated", _("Escalated"), _("Nothing is escalated."), "incident",
        lambda tickets, person: tickets.escalated(),
    ),
    View(
        "resolved", _("Resolved"), _("Nothing has been resolved yet."), "ok",
        lambda tickets, person: tickets.resolved(),
    ),
)  # fmt: skip
BY_SLUG = {view.slug: view for view in VIEWS}


@require_GET
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    tickets = Ticket.objects.visible_to(request.user)
    view = BY_SLUG.get(request.GET.get("view", ""), VIEWS[0])
    page = page_of(
        view.rows(tickets, request.user).select_related("customer", "account", "key", "assignee"),
        after=request.GET.get("after", ""),
        newest_first=view.slug == "resolved",
    )
    return render(request, "desk/inbox.html", {"view": view, "page": page, **sidebar(request.user)})


def sidebar(person: Person) -> dict[str, object]:
    """The views with their counts, as the rail of every desk page shows them."""
    tickets = Ticket.objects.visible_to(person)
    return {"views": [(view, view.rows(tickets, person).count()) for view in VIEWS]}


@dataclass(frozen=True, slots=True)
class Queue:
    """The list beside a ticket: what waits on us, longest first."""

    view: View
    tickets: list[Ticket]


def queue_of(person: Person, *, size: int = 12) -> Queue:
    tickets = Ticket.objects.visible_to(person)
    view = BY_SLUG["us"]
    rows = view.rows(tickets, person).select_related("customer", "account")
    return Queue(view, page_of(rows).tickets[:size])
