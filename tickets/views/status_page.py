"""Switching the public status page on and off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.status_page import StatusPageForm
from tickets.services.status_page import save_status_page, status_page

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_status_page(request.user))
    stored = status_page()
    form = StatusPageForm(request.POST or None, instance=status_page())
    if form.is_valid():
        save_status_page(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("status_page")
    context = {"form": form, "stored": stored, **rail_of(request.user)}
    return render(request, "curation/status_page.html", context, status=422 if form.is_bound else 200)
