"""Searches that found nothing, to be turned into drafts or set aside."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tickets import permissions
from tickets.models import FruitlessSearch
from tickets.services.fruitless_search import draft_article, set_aside
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 50


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    is_all = request.GET.get("show") == "all"
    found = FruitlessSearch.objects.all() if is_all else FruitlessSearch.objects.open()
    times, _sep, pk = request.GET.get("after", "").partition("-")
    if (least := number_of(times)) is not None and (last := number_of(pk)) is not None:
        found = found.filter(Q(times__lt=least) | Q(times=least, pk__lt=last))
    rows = list(found.select_related("draft", "decided_by").order_by("-times", "-pk")[: PAGE + 1])
    more = f"{rows[PAGE - 1].times}-{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    context = {
        "searches": rows[:PAGE],
        "is_all": is_all,
        "next": "?" + urlencode({**({"show": "all"} if is_all else {}), "after": more}) if more else "",
        "may_decide": permissions.can_edit_articles(request.user),
        **rail_of(request.user),
    }
    return render(request, "curation/searches.html", context)


@require_POST
@desk_view
def draft(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    entry = draft_article(get_object_or_404(FruitlessSearch, pk=pk), by=request.user)
    return redirect("faq_entry", pk=entry.pk)


@require_POST
@desk_view
def aside(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_edit_articles(request.user))
    set_aside(get_object_or_404(FruitlessSearch, pk=pk), by=request.user)
    messages.success(request, _("Set aside."))
    return redirect("searches")
