"""What the help centre saved, with what stands behind each number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import FruitlessSearch
from tickets.services.paging import number_of
from tickets.services.saved import (
    DAYS,
    articles_by_use,
    attempts_ended,
    attempts_since,
    causes_around_publication,
    causes_without_article,
    window,
)

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 50


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    first = window()
    context = {
        "days": DAYS,
        "first": first,
        "attempts": attempts_since(first),
        "articles": articles_by_use(first),
        "around": causes_around_publication(),
        "lacking": causes_without_article(first),
        "searches": FruitlessSearch.objects.open().count(),
        **rail_of(request.user),
    }
    return render(request, "curation/saved.html", context)


@require_safe
@desk_view
def attempts(request: DeskRequest) -> HttpResponse:
    """The reports that ended at an article, one line each."""
    permissions.require(permissions.can_suggest_articles(request.user))
    rows = list(attempts_ended(window(), after=number_of(request.GET.get("after", "")))[: PAGE + 1])
    context = {
        "attempts": rows[:PAGE],
        "next": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "days": DAYS,
        **rail_of(request.user),
    }
    return render(request, "curation/saved_attempts.html", context)
