"""From where a request came: for limits, and for the record of what was done."""

import ipaddress
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]
_address: ContextVar[str] = ContextVar("address", default="")


def remember_address(get_response: View) -> View:
    """Lets services name the address without being handed the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        mark = _address.set(address_of(request))
        try:
            return get_response(request)
        finally:
            _address.reset(mark)

    return middleware


def current_address() -> str:
    """Empty where no request is being answered."""
    return _address.get()


def address_of(request: HttpRequest) -> str:
    """The address that our outermost proxy saw; without proxies, that of the connection. Empty where it is none."""
    given = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        passed = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        given = passed[-settings.PROXIES] if len(passed) >= settings.PROXIES else given
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return ""
