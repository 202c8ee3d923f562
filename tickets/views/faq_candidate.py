"""Causes that recur without an article that covers them: drafted, added to what stands, or set aside."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tickets import permissions
from tickets.services.curation import curation_settings
from tickets.services.faq.candidate import Candidate, candidate_for, candidates, first_day, put_aside
from tickets.services.faq.draft import NothingToAdd, add_errors, draft_article

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    context = {
        "candidates": candidates(),
        "limits": curation_settings(),
        "first": first_day().date(),
        "may_decide": permissions.can_edit_articles(request.user),
        **rail_of(request.user),
    }
    return render(request, "curation/candidates.html", context)


@require_POST
@desk_view
def draft(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    entry = draft_article(_named(request), by=request.user)
    return redirect("faq_entry", pk=entry.pk)


@require_POST
@desk_view
def addition(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_edit_articles(request.user))
    candidate = _named(request)
    if candidate.entry is None:
        raise Http404
    try:
        add_errors(candidate, candidate.entry, by=request.user)
    except NothingToAdd:
        messages.error(
            request, _("These tickets have no words of an error in common that the article lacks.")
        )
        return redirect("candidates")
    messages.success(request, _("Added as a change of the article, to be reviewed."))
    return redirect("faq_entry", pk=candidate.entry.pk)


@require_POST
@desk_view
def aside(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_edit_articles(request.user))
    put_aside(_named(request), by=request.user)
    messages.success(request, _("Set aside. It comes back when it has doubled."))
    return redirect("candidates")


def _named(request: DeskRequest) -> Candidate:
    """What was a candidate a moment ago may be none any more."""
    candidate = candidate_for(request.POST.get("cause", ""), request.POST.get("fingerprint", ""))
    if candidate is None:
        raise Http404
    return candidate
