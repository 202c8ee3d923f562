"""What a signed-in person chose for themselves wins over what the browser asks for."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from tickets.models import Person

View = Callable[[HttpRequest], HttpResponse]


def person_locale(get_response: View) -> View:
    """Shows pages in the language and time zone that the person saved. Stands after authentication."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, Person):
            return get_response(request)
        # Left active afterwards: LocaleMiddleware, outside of this one, tells it in Content-Language.
        translation.activate(person.language)
        request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(_zone(person.time_zone)):
            return get_response(request)

    return middleware


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
