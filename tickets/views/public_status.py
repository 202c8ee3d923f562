"""The public status page: for people, for tools that watch status pages, and as feeds. Off, none of it is there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tickets.models import Incident, Language
from tickets.services.article.address import OTHER, TAGS, absolute, is_chinese
from tickets.services.public_status import PublicStatus, public_status
from tickets.services.status_json import (
    components_json,
    described,
    incident_json,
    page_json,
    status_json,
    title_of,
)
from tickets.services.status_page import status_page

from .cached import for_everybody

SECONDS = 30  # that it may be older than it is
NEWEST = 50
PAST = 20
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # the date of a feed in which nothing ever stood
Parts = Callable[[PublicStatus, str], dict[str, Any]]
PARTS: dict[str, Parts] = {
    "status": lambda status, address: {"status": status_json(status)},
    "components": lambda status, address: {"components": components_json(status)},
    "incidents": lambda status, address: {
        "incidents": [incident_json(each, status, address=address) for each in status.troubles[:NEWEST]]
    },
    "unresolved": lambda status, address: {
        "incidents": [incident_json(each, status, address=address) for each in status.unresolved]
    },
    "summary": lambda status, address: {
        **PARTS["components"](status, address),
        **PARTS["unresolved"](status, address),
        "scheduled_maintenances": [],
        **PARTS["status"](status, address),
    },
}


class Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


class Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


FEEDS: dict[str, tuple[type[Rss] | type[Atom], str]] = {
    "rss": (Rss, "application/rss+xml; charset=utf-8"),
    "atom": (Atom, "application/atom+xml; charset=utf-8"),
}


@require_safe
@for_everybody(seconds=SECONDS)
def show(request: HttpRequest, language: str = Language.ENGLISH) -> HttpResponse:
    name = _name_if_on()
    with translation.override(language):
        status = public_status(language)
        context = {
            "name": name,
            "status": status,
            "described": described(status.state),
            "unresolved": [(each, title_of(each), _lines(each)) for each in status.unresolved],
            "past": [(each, title_of(each), _lines(each)) for each in status.past[:PAST]],
            "address": _address(language),
            "other": _address(OTHER[Language(language)]),
            "feed": reverse(_named("status_feed", language), args=["atom"]),
        }
        return render(request, "help/status.html", context)


@require_safe
@for_everybody(seconds=SECONDS)
def as_json(request: HttpRequest, part: str, language: str = Language.ENGLISH) -> HttpResponse:
    """Part of the version 2 shape by its usual name. Open to scripts of other origins, as such addresses are."""
    name = _name_if_on()
    if part not in PARTS:
        raise Http404
    with translation.override(language):
        status, address = public_status(language), _address(language)
        page = page_json(status, name=name or _("Status"), address=address)
        answer = JsonResponse({"page": page, **PARTS[part](status, address)})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@for_everybody(seconds=SECONDS)
def feed(request: HttpRequest, form: str, language: str = Language.ENGLISH) -> HttpResponse:
    """The newest updates, each an entry."""
    name = _name_if_on()
    if form not in FEEDS:
        raise Http404
    with translation.override(language):
        address = _address(language)
        kind, media_type = FEEDS[form]
        made = kind(
            title=name or _("Status"),
            link=absolute(address),
            feed_url=absolute(request.path),
            description=_("What fails at the moment, and what failed lately"),
            language=TAGS[language],
        )
        told = [(line, trouble) for trouble in public_status(language).troubles for line in trouble.lines]
        for line, trouble in sorted(told, key=lambda each: each[0].at, reverse=True)[:NEWEST]:
            made.add_item(
                title=f"{title_of(trouble)}: {Incident.State(line.state).label}",
                link=absolute(f"{address}#incident-{trouble.pk}"),
                description=line.text,
                unique_id=absolute(f"{address}#update-{line.pk}"),
                pubdate=line.at,
                updateddate=line.at,
            )
    return HttpResponse(made.writeString("utf-8"), content_type=media_type)


def _name_if_on() -> str:
    page = status_page()
    if not page.is_on:
        raise Http404
    return page.name


def _lines(trouble: Any) -> list[tuple[Any, str]]:
    """The newest first, each with its state as people read it."""
    return [(line, str(Incident.State(line.state).label)) for line in reversed(trouble.lines)]


def _named(name: str, language: str) -> str:
    return f"{name}_zh" if is_chinese(language) else name


def _address(language: str) -> str:
    return reverse(_named("status", language))
