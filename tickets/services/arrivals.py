"""What came into a list since it was shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from tickets.models import Person, SearchDoc, Ticket

from .listing import Listing
from .search.find import holds

MOST = 100  # what came in is counted up to here


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many tickets; `updated` of them were there before."""

    count: int = 0
    updated: int = 0


def arrived(listing: Listing, person: Person, *, since: datetime) -> Arrivals:
    """The tickets of the list that the customer wrote on since. Mostly one look at an index that finds nothing."""
    spoken = Ticket.objects.visible_to(person).filter(customer_spoke_at__gt=since)
    numbers = list(spoken.order_by("-customer_spoke_at").values_list("pk", flat=True)[:MOST])
    if not numbers:
        return Arrivals()
    here = listing.tickets.filter(pk__in=numbers)
    if not listing.terms:
        return _counted(here.values_list("created_at", flat=True), since)
    docs = SearchDoc.objects.filter(ticket__in=here).annotate(opened=F("ticket__created_at"))
    return _counted((doc.opened for doc in docs if holds(listing.terms, doc)), since)


def _counted(opened: Iterable[datetime], since: datetime) -> Arrivals:
    before = [moment <= since for moment in opened]
    return Arrivals(len(before), sum(before))
