"""Being away: said by oneself in the preferences, or by an admin for somebody else, who also sets capacities."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.assignment_rule import people_who_work
from tickets.forms.away import AwayForm, CapacityForm
from tickets.forms.preference import PreferenceForm
from tickets.models import Person
from tickets.services.away import come_back, go_away, set_capacity

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_POST
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """Say of oneself that one is away, or with `back` that one is there again."""
    if "back" in request.POST:
        come_back(request.user, by=request.user)
        messages.success(request, _("You are back: new tickets can come to you."))
        return redirect("preferences")
    form = AwayForm(request.POST)
    if form.is_valid():
        go_away(request.user, by=request.user, **form.cleaned_data)
        messages.success(request, _("You are away: nothing new comes to you."))
        return redirect("preferences")
    context = {"form": PreferenceForm(instance=request.user), "away_form": form, **rail_of(request.user)}
    return render(request, "account/preferences.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """One person's capacity and presence, for admins."""
    permissions.require(permissions.can_manage_work(request.user))
    person = get_object_or_404(people_who_work(), pk=pk)
    match request.POST.get("do"):
        case "capacity":
            form = CapacityForm(request.POST)
            if form.is_valid():
                set_capacity(person, form.cleaned_data["capacity"], by=request.user)
                return _saved(request)
            return _page(request, person, status=422, capacity_form=form)
        case "away":
            away_form = AwayForm(request.POST)
            if away_form.is_valid():
                go_away(person, by=request.user, **away_form.cleaned_data)
                return _saved(request)
            return _page(request, person, status=422, away_form=away_form)
        case "back":
            come_back(person, by=request.user)
            return _saved(request)
    return _page(request, person)


def _saved(request: DeskRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("work")


def _page(request: DeskRequest, person: Person, *, status: int = 200, **given: Any) -> HttpResponse:
    context = {
        "person": person,
        "capacity_form": CapacityForm(initial={"capacity": person.capacity}),
        "away_form": away_form_of(person),
        **given,
        **rail_of(request.user),
    }
    return render(request, "curation/work_person.html", context, status=status)


def away_form_of(person: Person) -> AwayForm:
    return AwayForm(initial={"until": person.away_until, "note": person.away_note} if person.is_away else {})
