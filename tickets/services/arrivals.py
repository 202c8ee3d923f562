"""What came into a list since it was shown."""

from datetime import datetime

from tickets.models import Person, SearchDoc, Ticket

from .listing import Listing
from .search.find import holds

MOST = 100  # what came in is counted up to here


def arrived(listing: Listing, person: Person, *, since: datetime) -> int:
    """How many tickets of the list the customer wrote on since. Mostly one look at an index that finds nothing."""
    spoken = Ticket.objects.visible_to(person).filter(customer_spoke_at__gt=since)
    numbers = list(spoken.order_by("-customer_spoke_at").values_list("pk", flat=True)[:MOST])
    if not numbers:
        return 0
    here = listing.tickets.filter(pk__in=numbers)
    if not listing.terms:
        return here.count()
    return sum(holds(listing.terms, doc) for doc in SearchDoc.objects.filter(ticket__in=here))
