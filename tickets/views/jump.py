"""Search or jump to: tickets, incidents, articles and rules by a few words, as a page and for the palette."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tickets.models import Incident, Ticket
from tickets.permissions import can_read_incidents, can_see_evidence, can_suggest_rules
from tickets.services.article.finding import find_articles
from tickets.services.listing import listing_of, page_of
from tickets.services.paging import number_of
from tickets.services.rule.set import active_rules

from .faq import address_of as article_address
from .rail import rail_of
from .request import DeskRequest, desk_view

MOST = 5  # of each kind
LONGEST = 200  # characters that are looked for


@dataclass(frozen=True, slots=True)
class Place:
    title: str
    address: str
    hint: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    icon: str
    places: list[Place]


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:LONGEST]
    words = "".join(letter for letter in asked if letter.isprintable()).strip()
    groups = [group for group in _groups(request, words) if group.places] if words else []
    context = {"words": words, "groups": groups}
    if request.htmx:
        return render(request, "desk/jump.html#found", context)
    return render(request, "desk/jump.html", {**context, **rail_of(request.user)})


def _groups(request: DeskRequest, words: str) -> Iterator[Group]:
    yield Group(_("Tickets"), "inbox", _tickets(request, words))
    if can_read_incidents(request.user):
        yield Group(_("Incidents"), "incident", _incidents(request, words))
    yield Group(_("Answers"), "book", _articles(words))
    if can_suggest_rules(request.user):
        yield Group(_("Rules"), "rule", _rules(words))


def _tickets(request: DeskRequest, words: str) -> list[Place]:
    """The one of that number, and those that hold the words."""
    number = number_of(words.lstrip("#"))
    # Those that were merged too: their number leads to the survivor.
    named = Ticket.objects.visible_to(request.user).filter(pk=number) if number is not None else ()
    evidence = can_see_evidence(request.user)
    found = page_of(listing_of({"q": words}, request.user, evidence=evidence), size=MOST).tickets
    places = {
        ticket.number: Place(
            f"#{ticket.number} {ticket.subject}",
            reverse("ticket", args=[ticket.number]),
            str(Ticket.Status(ticket.status).label),
            ticket.language,
        )
        for ticket in (*named, *found)
    }
    return list(places.values())[:MOST]


def _incidents(request: DeskRequest, words: str) -> list[Place]:
    named = Q(title__icontains=words) | Q(provider__icontains=words) | Q(model__icontains=words)
    found = Incident.objects.visible_to(request.user).filter(named).order_by("-pk")[:MOST]
    return [
        Place(incident.title, reverse("incident", args=[incident.pk]), incident.get_state_display())
        for incident in found
    ]


def _articles(words: str) -> list[Place]:
    language = get_language() or "en"
    found = find_articles(words, language=language, limit=MOST)
    return [Place(each.title, article_address(each.slug, language)) for each in found]


def _rules(words: str) -> list[Place]:
    """Those that judge now and have all the words in their name, their cause or their reason."""
    asked = words.casefold().split()
    language = get_language() or "en"
    fitting = (
        Place(rule.id, reverse("rule", args=[rule.id]), rule.cause)
        for rule in active_rules().rules
        if all(
            word in f"{rule.id} {rule.cause} {rule.because.in_language(language)}".casefold()
            for word in asked
        )
    )
    return list(islice(fitting, MOST))
