from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets.services.arrivals import arrived

from .filters import address_of
from .inbox import listing_asked_for
from .request import DeskRequest, desk_view


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """How many tickets came into the list since it was shown; 204 where none did."""
    try:
        since = datetime.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return HttpResponse(status=204)
    if since.tzinfo is None:
        return HttpResponse(status=204)
    listing = listing_asked_for(request)
    count = arrived(listing, request.user, since=since)
    if not count:
        return HttpResponse(status=204)
    return render(request, "desk/inbox.html#arrivals", {"new": count, "address": address_of(listing)})
