from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.saved_view import ListingForm, SavedViewForm
from tickets.models import SavedView
from tickets.services.listing import PARAMETERS, count_of, listing_of, notes_on, page_of

from .rail import rail_of, saved_address
from .request import DeskRequest, desk_view
from .row import table_of

PREVIEWED = 10


@require_http_methods(["GET", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """A view under a name, beginning with the list that the address describes."""
    return _edit(request, SavedView(owner=request.user, parameters=_asked(request.GET)))


@require_http_methods(["GET", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    permissions.require(permissions.can_change_view(request.user, saved))
    return _edit(request, saved)


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    permissions.require(permissions.can_change_view(request.user, saved))
    saved.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": saved.name})
    return redirect("inbox")


@require_safe
@desk_view
def preview(request: DeskRequest) -> HttpResponse:
    """What the view would hold as it stands in the form."""
    form = ListingForm(request.GET)
    parameters = form.parameters if form.is_valid() else _asked(request.GET)
    return render(request, "desk/saved_view.html#preview", _previewed(request, parameters))


def _edit(request: DeskRequest, saved: SavedView) -> HttpResponse:
    if request.method == "POST":
        form = SavedViewForm(request.POST, saved=saved)
        if form.is_valid():
            saved.parameters = form.parameters
            for name in ("name", "position", "is_shared"):
                setattr(saved, name, form.cleaned_data[name])
            saved.save()
            return redirect(f"{reverse('inbox')}{saved_address(saved)}")
    else:
        kept = {"name": saved.name, "position": saved.position, "is_shared": saved.is_shared}
        form = SavedViewForm(initial={**kept, "view": "all", **saved.parameters}, saved=saved)
    context = {"form": form, "saved": saved, **_previewed(request, saved.parameters), **rail_of(request.user)}
    return render(request, "desk/saved_view.html", context, status=422 if form.is_bound else 200)


def _asked(data: QueryDict) -> dict[str, str]:
    return {name: str(data[name]) for name in PARAMETERS if data.get(name)}


def _previewed(request: DeskRequest, parameters: dict[str, str]) -> dict[str, Any]:
    evidence = permissions.can_see_evidence(request.user)
    listing = listing_of(parameters, request.user, evidence=evidence)
    page = page_of(listing, size=PREVIEWED)
    return {
        "listing": listing,
        "notes": notes_on(listing, page),
        "count": count_of(listing) if page.count is None else page.count,
        "page": page,
        **table_of(page.tickets, request.user, is_preview=True),
    }
