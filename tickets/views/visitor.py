from django.http import HttpRequest
from django.utils import timezone

from tickets.services.visitor import visitor_of
from triage.visitor import address_of


def visitor(request: HttpRequest) -> str:
    """A mark for whoever asks, good for today."""
    agent = request.headers.get("User-Agent", "")
    return visitor_of(address_of(request), agent, timezone.localdate())
