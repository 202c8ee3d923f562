"""When the desk opens an incident by itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.correlation import CorrelationForm
from tickets.services.correlation.settings import correlation_settings, save_correlation

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_correlation(request.user))
    correlation = correlation_settings()
    form = CorrelationForm(request.POST or None, instance=correlation)
    if form.is_valid():
        save_correlation(form.instance, by=request.user)
        messages.success(request, _("Saved. It counts from the next minute on."))
        return redirect("correlation")
    context = {"form": form, "judged_until": correlation.judged_until, **rail_of(request.user)}
    return render(request, "curation/correlation.html", context, status=422 if form.is_bound else 200)
