from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tickets.models import Escalation, Person, Ticket
from tickets.services.paging import page_of

from .request import DeskRequest, desk_view


@dataclass(frozen=True, slots=True)
class View:
    """A named list of the inbox; `holds` says which tickets belong to it, for the person who looks."""

    slug: str
    title: str | Promise
    empty: str | Promise
    tone: str
    holds: Callable[[Person], Q]


OPEN = Q(status=Ticket.Status.OPEN)
UNSOLVED = ~Q(status=Ticket.Status.RESOLVED)
VIEWS = (
    View(
        "verdict", _("Needs a verdict"), _("Every open ticket has a confirmed verdict."), "accent",
        lambda person: OPEN & Q(verdict_by_person=False),
    ),
    View("mine", _("Mine"), _("Nothing is assigned to you."), "", lambda person: UNSOLVED & Q(assignee=person)),
    View("us", _("Waiting on us"), _("Nobody waits for an answer."), "", lambda person: OPEN),
    View(
        "customer", _("Waiting for the customer"), _("We wait for no customer."), "evidence",
        lambda person: Q(status=Ticket.Status.WAITING),
    ),
    View(
        "escalated", _("Escalated"), _("Nothing is escalated."), "incident",
        lambda person: Q(pk__in=Escalation.objects.open().values("ticket")),
    ),
    View(
        "resolved", _("Resolved"), _("Nothing has been resolved yet."), "ok",
        lambda person: Q(status=Ticket.Status.RESOLVED),
    ),
)  # fmt: skip
BY_SLUG = {view.slug: view for view in VIEWS}


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    tickets = Ticket.objects.visible_to(request.user)
    view = BY_SLUG.get(request.GET.get("view", ""), VIEWS[0])
    page = page_of(
        tickets.filter(view.holds(request.user)).select_related("customer", "account", "key", "assignee"),
        after=request.GET.get("after", ""),
        newest_first=view.slug == "resolved",
    )
    return render(request, "desk/inbox.html", {"view": view, "page": page, **sidebar(request.user)})


def sidebar(person: Person) -> dict[str, object]:
    """The views with their counts, as the rail of every desk page shows them."""
    counts = Ticket.objects.visible_to(person).aggregate(
        **{view.slug: Count("pk", filter=view.holds(person)) for view in VIEWS}
    )
    return {"views": [(view, counts[view.slug]) for view in VIEWS]}


@dataclass(frozen=True, slots=True)
class Queue:
    """The list beside a ticket: what waits on us, longest first."""

    view: View
    tickets: list[Ticket]


def queue_of(person: Person, *, size: int = 12) -> Queue:
    tickets = Ticket.objects.visible_to(person)
    view = BY_SLUG["us"]
    rows = tickets.filter(view.holds(person)).select_related("customer", "account")
    return Queue(view, page_of(rows).tickets[:size])
