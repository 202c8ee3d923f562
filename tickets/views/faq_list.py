"""All articles of the desk by state, and those that are due for a re-check."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import FaqEntry
from tickets.services.faq.recheck import Why, due_for_recheck

from .rail import rail_of
from .request import DeskRequest, desk_view

DUE = "due"
STATES: dict[str, str | Promise] = {
    "draft": _("Drafts"),
    "in_review": _("In review"),
    "published": pgettext_lazy("articles", "Published"),
    DUE: _("Due for re-check"),
    "archived": _("Archived"),
}
PAGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    entry: FaqEntry
    due: Why | None


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    state = request.GET.get("state", "")
    state = state if state in STATES else "draft"
    published = list(FaqEntry.objects.published())
    due = due_for_recheck(published)
    rows = FaqEntry.objects.filter(pk__in=due) if state == DUE else FaqEntry.objects.in_state(state)
    rows = rows.filter(slug__gt=request.GET.get("after", ""))
    entries = list(
        rows.select_related("author", "reviewer").prefetch_related("texts").order_by("slug")[: PAGE + 1]
    )
    context = {
        "state": state,
        "states": [(each, title, len(due) if each == DUE else None) for each, title in STATES.items()],
        "rows": [Row(entry, due.get(entry.pk)) for entry in entries[:PAGE]],
        "next": f"?state={state}&after={entries[PAGE - 1].slug}" if len(entries) > PAGE else "",
        **rail_of(request.user),
    }
    return render(request, "curation/articles.html", context)
