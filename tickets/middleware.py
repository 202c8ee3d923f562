"""Before a view is asked: what the person chose for themselves counts, and no address names what no row can hold."""

import zoneinfo
from collections.abc import Callable
from copy import copy
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from tickets.models import Person

View = Callable[[HttpRequest], HttpResponse]
LARGEST = 2**63 - 1  # that a row of the database can have


def person_locale(get_response: View) -> View:
    """Shows pages in the language and time zone that the person saved, and puts the person themselves on the request.
    Stands after authentication.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, Person):
            return get_response(request)
        # Authentication puts somebody there who is looked up when first asked, and passes on each question after that.
        # A copy is the person alone: a page asks hundreds of times.
        request.user = person = copy(request.user)
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


class PossibleAddress:
    """Nothing stands at an address with a number or a text that no row can have: PostgreSQL fails on it, where it
    should find nothing.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if not all(map(_is_possible, kwargs.values())):
            raise Http404


def _is_possible(value: object) -> bool:
    if isinstance(value, int):
        return value <= LARGEST
    return not isinstance(value, str) or "\0" not in value
