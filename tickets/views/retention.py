"""How long each kind of data is kept, and what would go today."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.retention import RetentionForm
from tickets.services.privacy.retention import days_kept, keep_for, would_go

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """`do=count` counts with what is typed and saves nothing."""
    permissions.require(permissions.can_manage_privacy(request.user))
    form = RetentionForm(request.POST or None)
    is_counting = request.POST.get("do") == "count"
    days = days_kept()
    if form.is_valid():
        days = form.cleaned_data
        if not is_counting:
            keep_for(days, by=request.user)
            messages.success(request, _("Saved. What is older goes within a day."))
            return redirect("retention")
    counts = would_go(days)
    context = {
        "rows": [(field, counts.get(field.name, 0), days.get(field.name)) for field in form],
        "form": form,
        "is_counting": is_counting and form.is_valid(),
        **rail_of(request.user),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "curation/retention.html", context, status=status)
