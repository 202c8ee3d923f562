"""Probes: what they met last, and which are sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.probe import ProbeForm
from tickets.models import Probe
from tickets.services.probe import MOST, TooMany, ask_now, newest_results, remove_probe, save_probe

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_run_probes(request.user))
    context = {
        "probes": newest_results(),
        "can_manage": permissions.can_manage_probes(request.user),
        **rail_of(request.user),
    }
    return render(request, "review/probes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_probes(request.user))
    return _edit(request, Probe())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_probes(request.user))
    return _edit(request, get_object_or_404(Probe, pk=pk))


@require_POST
@desk_view
def send(request: DeskRequest, pk: int) -> HttpResponse:
    """Now, instead of when it is due; at most once a minute."""
    permissions.require(permissions.can_run_probes(request.user))
    if ask_now(get_object_or_404(Probe, pk=pk)):
        messages.success(request, _("It is being sent. Open this page again in a moment."))
    else:
        messages.info(request, _("Not sent: it is switched off, or was sent within the last minute."))
    return redirect("probes")


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_probes(request.user))
    remove_probe(get_object_or_404(Probe, pk=pk), by=request.user)
    messages.success(request, _("The probe and what it met are removed."))
    return redirect("probes")


def _edit(request: DeskRequest, probe: Probe) -> HttpResponse:
    form = ProbeForm(request.POST or None, instance=probe)
    if form.is_valid():
        try:
            save_probe(form.instance, by=request.user)
        except TooMany:
            form.add_error(
                "is_on", _("%(most)d probes are on already; switch one off first.") % {"most": MOST}
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("probes")
    context = {"form": form, "probe": probe, **rail_of(request.user)}
    return render(request, "review/probe.html", context, status=422 if form.is_bound else 200)
