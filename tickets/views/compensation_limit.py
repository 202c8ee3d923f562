"""Up to how much one person may grant alone, by currency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.compensation import LimitForm
from tickets.models import CompensationLimit
from tickets.services.compensation.limits import save_limit

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_set_compensation_limits(request.user))
    form = LimitForm(request.POST or None)
    if form.is_valid():
        save_limit(form.cleaned_data["currency"], form.cleaned_data["amount"], by=request.user)
        messages.success(request, _("Saved. It counts for proposals from now on."))
        return redirect("compensation_limits")
    context = {"form": form, "limits": CompensationLimit.objects.all(), **rail_of(request.user)}
    return render(request, "curation/compensation_limits.html", context, status=422 if form.is_bound else 200)
