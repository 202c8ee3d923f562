"""When a cause becomes a candidate, and how long articles keep."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.curation import CurationForm
from tickets.services.curation import curation_settings, save_curation

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_edit_articles(request.user))
    form = CurationForm(request.POST or None, instance=curation_settings())
    if form.is_valid():
        save_curation(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("candidates")
    context = {"form": form, **rail_of(request.user)}
    return render(request, "curation/curation.html", context, status=422 if form.is_bound else 200)
