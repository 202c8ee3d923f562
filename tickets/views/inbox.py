from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tickets.models import Person
from tickets.permissions import can_see_evidence
from tickets.services.counting import counted
from tickets.services.draft import numbers_of
from tickets.services.instant import instant_of
from tickets.services.listing import (
    SORTED,
    Listing,
    count_of,
    count_soon_of,
    listing_of,
    next_deadline,
    notes_on,
    page_of,
)
from tickets.services.paging import Page
from tickets.services.queued_ticket import QueuedTicket, queued
from tickets.services.view import BY_SLUG, View

from .filters import address_of, chips_of, everywhere, narrowings_of, orders_of
from .rail import Rail, rail_of
from .request import DeskRequest, desk_view
from .row import table_of
from .selection import MOST, selection_of
from .undoing import last_change


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """The page; asked for by its count, that alone."""
    listing = listing_asked_for(request)
    if request.htmx.target == "count":
        return _counted(request, listing)
    page = page_of(listing, after=request.GET.get("after", ""))
    rail = rail_of(request.user)
    saved = next(
        (each for each in rail["saved_views"] if str(each.saved.pk) == request.GET.get("saved")), None
    )
    asked_view = str(saved.saved.pk) if saved else ""
    shown = [ticket.number for ticket in page.tickets]
    selection = selection_of(request, shown, address=address_of(listing))
    context = {
        "listing": listing,
        "view": listing.view,
        "page": page,
        **table_of(
            page.tickets,
            request.user,
            drafts=numbers_of(request.user),
            selected=selection.numbers,
            since=instant_of(request.GET.get("since", "")),
        ),
        "notes": notes_on(listing, page),
        "count": _count(listing, page, rail, request),
        "counted": "?" + urlencode({**request.GET.dict(), "counted": "1"}),
        "found": len(page.tickets),  # where more were found than are counted at once
        "saved": saved,
        "is_as_saved": saved is not None and saved.saved.parameters == listing.parameters,
        "save_as": address_of(listing),
        **rail,
        "query": listing.parameters.get("q", ""),
        "filters": _kept_by_a_search(listing, request.GET.get("view", ""), asked_view),
        "is_inside": bool(asked_view or request.GET.get("view", "all") != "all"),
        "chips": chips_of(listing, saved=asked_view),
        "narrowings": narrowings_of(listing, saved=asked_view),
        "sorted_by": SORTED[page.order],
        "orders": orders_of(listing, page.order, saved=asked_view),
        "poll": address_of(listing, since=timezone.now().isoformat()),
        "here": request.get_full_path(),
        "first": f"{request.path}{address_of(listing, saved=asked_view)}" if request.GET.get("after") else "",
        "next": f"{request.path}{address_of(listing, after=page.after, saved=asked_view)}",
        "shown": " ".join(map(str, shown)),
        "selection": selection,
        "most_selected": MOST,
        "last_change": last_change(request),
        "nearest": next_deadline(request.user)
        if listing.view.slug == "breaching" and not page.tickets
        else None,
        "everywhere": everywhere(listing, saved.saved if saved else None),
    }
    return render(request, "desk/inbox.html", context)


def _counted(request: DeskRequest, listing: Listing) -> HttpResponse:
    """The count, and where the page offers to select all of them, how many that are."""
    context = {"count": counted(listing, count_of), "comes_late": True}
    name = "desk/_counted.html" if "all" in request.GET else "desk/inbox.html#count"
    return render(request, name, context)


def listing_asked_for(request: DeskRequest) -> Listing:
    """The list that the address of the request asks for."""
    return listing_of(request.GET.dict(), request.user, evidence=can_see_evidence(request.user))


def _kept_by_a_search(listing: Listing, view: str, saved: str) -> dict[str, str]:
    """What a search of the page keeps: the view only where one was chosen, for the first page is nobody's choice."""
    kept = {name: value for name, value in listing.parameters.items() if name not in ("q", "view")}
    if view or saved:
        kept["view"] = listing.view.slug
    return {**kept, "saved": saved} if saved else kept


@dataclass(frozen=True, slots=True)
class Queue:
    """The list beside a ticket: what waits on us, longest first."""

    view: View
    tickets: list[QueuedTicket]


def queue_of(person: Person) -> Queue:
    return Queue(BY_SLUG["us"], queued(person))


def _count(listing: Listing, page: Page, rail: Rail, request: DeskRequest) -> int | None:
    """Without another query where the page or the rail knows it already; None where it is asked for afterwards."""
    if not page.after and not request.GET.get("after"):
        return len(page.tickets)
    if page.count is not None:
        return page.count
    if not listing.is_narrowed:
        return dict(rail["views"])[listing.view]
    return counted(listing, count_of if request.GET.get("counted") else count_soon_of)
