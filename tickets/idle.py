"""A session in which nobody works any more ends, long before its two weeks are over."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tickets.models import Person

View = Callable[[HttpRequest], HttpResponse]
WORKED = "worked_at"  # seconds since 1970
NOTED_EVERY = 300  # seconds; a write to the session for each click would be dear
# What an open page asks for by itself is nobody's work; of the last, only a script's call is none.
UNASKED = frozenset({"live", "ticket_live", "incident_progress"})
UNASKED_BY_SCRIPT = frozenset({"backtest"})


class EndIdle:
    """Stands after authentication. Text that was not sent stays with the browser, since its owner did not leave."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if not isinstance(request.user, Person):
            return
        now = int(timezone.now().timestamp())
        worked = request.session.get(WORKED)
        if worked is None:  # saved again and again, a session would else begin its two weeks anew each time
            request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        elif now - worked > settings.SESSION_IDLE_SECONDS:
            logout(request)
            return
        if worked is None or (now - worked >= NOTED_EVERY and _is_work(request)):
            request.session[WORKED] = now


def _is_work(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name not in UNASKED and not (name in UNASKED_BY_SCRIPT and "HX-Request" in request.headers)
