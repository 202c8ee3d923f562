from django.http import HttpRequest
from django.utils import timezone

from tickets.services.visitor import visitor_of


def visitor(request: HttpRequest) -> str:
    """A mark for whoever asks, good for today."""
    address, agent = request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", "")
    return visitor_of(address, agent, timezone.localdate())
