"""What open pages ask for every few seconds. Mostly the answer is 204: one look at the database, nothing changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets.models import Ticket
from tickets.services import presence
from tickets.services.arrivals import arrived
from tickets.services.changed import Changed, stops
from tickets.services.counting import counted
from tickets.services.instant import instant_of
from tickets.services.listing import Listing, count_soon_of
from tickets.services.presence import State
from tickets.services.reading import note_reading
from tickets.services.revision import revision

from .event_sentence import sentence_of
from .filters import address_of
from .here import digest_of, present
from .inbox import listing_asked_for
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .selection import numbers_in
from .ticket import page_of_ticket

ROWS = 100  # of a page whose presence is asked for at once
SAID = 3  # changes that are told one by one


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """Counts of the rail, what came into the list since it was shown, and who is in its rows."""
    rows = numbers_in(request.GET.get("rows", ""))[:ROWS]
    here = presence.of(rows, besides=request.user)
    known, _, people_known = request.GET.get("rev", "").partition(".")
    now, people = revision(), digest_of(here)
    if (now, people) == (known, people_known):
        return HttpResponse(status=204)
    context: dict[str, object] = {"rev": f"{now}.{people}"}
    if here:
        seen = Ticket.objects.visible_to(request.user).filter(pk__in=here).values_list("pk", flat=True)
        context["rows"] = [(number, present(here[number])) for number in seen]
    if now != known:
        context |= {"is_changed": True, **rail_of(request.user, anew=True), **_of_list(request)}
    return render(request, "desk/_live.html", context)


@require_safe
@desk_view
def ticket(request: DeskRequest, number: int) -> HttpResponse:
    """Who else is in the ticket; and where its chain grew, the page as it is now, for a script to take pieces of."""
    asked = ticket_seen_by(request.user, number, alone=True)
    length, merged_into = asked.chain_length, asked.merged_into_id
    is_replying = request.GET.get("state") == State.REPLYING
    presence.beat(number, request.user, State.REPLYING if is_replying else State.VIEWING)
    here = presence.of([number], besides=request.user)
    rev = f"{length}.{digest_of(here)}"
    known = request.GET.get("rev", "")
    if rev == known:
        return HttpResponse(status=204)
    context: dict[str, object] = {"rev": rev, "present": present(here.get(number, ()))}
    if str(length) != known.partition(".")[0] and merged_into:
        context["moved_to"] = merged_into
    elif str(length) != known.partition(".")[0]:
        context |= _changed(request, asked, known.partition(".")[0])
    return render(request, "desk/_live_ticket.html", context)


def _of_list(request: DeskRequest) -> dict[str, object]:
    since = instant_of(request.GET.get("since", ""))
    if since is None:
        return {}  # not a page with a list
    listing: Listing = listing_asked_for(request)
    return {
        "count": counted(listing, count_soon_of),
        "new": arrived(listing, request.user, since=since),
        "address": address_of(listing, since=since.isoformat()),
    }


def _changed(request: DeskRequest, found: Ticket, known: str) -> dict[str, object]:
    shown = int(known) if known.isdecimal() else found.chain_length
    seen = request.GET.get("seen", "")
    read = int(seen) if seen.isdecimal() else found.chain_length
    page = page_of_ticket(request, found)
    came = [event for event in page["chain"] if event.position > min(shown, read)]
    told = [event for event in came if event.position > shown and event.by_id != request.user.pk]
    note_reading(found, request.user, last_message=page["last_message"])
    unread = tuple(event for event in came if event.position > read and stops(event, request.user))
    return {
        **page,
        "is_changed": True,
        "said": [sentence_of(event) for event in told[-SAID:]],
        "unsaid": max(len(told) - SAID, 0),
        "meanwhile": Changed(found.chain_length, unread),
    }
