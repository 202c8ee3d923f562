"""Incidents and each other: merged, taken apart again, kept apart, split."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.incident_relation import OtherForm, SplitForm
from tickets.models import Incident
from tickets.services.incident.apart import bring_together, keep_apart
from tickets.services.incident.merge import CannotMerge, Refusal, merge_incident, split_incident, take_apart

from .incident import page_of
from .request import DeskRequest, desk_view

WHY_NOT = {
    Refusal.ITSELF: _("An incident cannot be merged into itself."),
    Refusal.APART: _("A person said that these two are kept apart. Take that back first."),
    Refusal.MERGED: _("One of the two was merged already."),
    Refusal.OVER: _("That one is over, and this one is not: resolve this one first, or open that one again."),
}


@require_POST
@desk_view
def merge(request: DeskRequest, pk: int) -> HttpResponse:
    incident = _incident_run_by(request, pk)
    form = OtherForm(request.POST)
    if form.is_valid():
        try:
            merge_incident(incident, into=form.cleaned_data["other"], by=request.user)
        except CannotMerge as refused:
            form.add_error("other", WHY_NOT[refused.why])
        else:
            return redirect("incident", pk=form.cleaned_data["other"].pk)
    page = page_of(request, Incident.objects.get(pk=pk), other_form=form)
    return render(request, "desk/incident.html", page, status=422)


@require_POST
@desk_view
def unmerge(request: DeskRequest, pk: int) -> HttpResponse:
    take_apart(_incident_run_by(request, pk), by=request.user)
    return redirect("incident", pk=pk)


@require_POST
@desk_view
def apart(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep this incident apart from `other`; with `together`, no longer."""
    incident = _incident_run_by(request, pk)
    form = OtherForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/incident.html", page_of(request, incident, other_form=form), status=422)
    verb = bring_together if "together" in request.POST else keep_apart
    verb(incident, form.cleaned_data["other"], by=request.user)
    return redirect("incident", pk=pk)


@require_POST
@desk_view
def split(request: DeskRequest, pk: int) -> HttpResponse:
    incident = _incident_run_by(request, pk)
    form = SplitForm(request.POST, incident=incident)
    if not form.is_valid():
        return render(request, "desk/incident.html", page_of(request, incident, split_form=form), status=422)
    given = form.cleaned_data
    part = split_incident(incident, given["numbers"], title=given["title"], by=request.user)
    messages.success(request, _("These tickets are an incident of their own now."))
    return redirect("incident", pk=part.pk)


def _incident_run_by(request: DeskRequest, pk: int) -> Incident:
    permissions.require(permissions.can_run_incidents(request.user))
    return get_object_or_404(Incident.objects.visible_to(request.user).select_related("opened_by"), pk=pk)
