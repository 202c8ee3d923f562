"""Lines of charges from a file or pasted: what can be read is taken, and what cannot is named by its line."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.charge_import import ONLY_KNOWN, ChargeImportForm
from tickets.services.charge.bringing import bring
from tickets.services.charge.reading import COLUMNS

from .rail import rail_of
from .request import DeskRequest, desk_view

PROBLEMS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_bring_charges(request.user))
    form = ChargeImportForm(request.POST or None, request.FILES or None)
    brought = None
    if form.is_valid():
        only_known = form.cleaned_data["which"] == ONLY_KNOWN
        brought = bring(form.found.lines, by=request.user, only_known=only_known)
    problems = form.found.problems if brought else ()
    context = {
        "form": ChargeImportForm() if brought and not problems else form,
        "brought": brought,
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": max(0, len(problems) - PROBLEMS_SHOWN),
        "columns": ", ".join(COLUMNS),
        **rail_of(request.user),
    }
    status = 422 if form.is_bound and brought is None else 200
    return render(request, "review/charges_import.html", context, status=status)
