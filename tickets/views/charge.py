"""Charges without a result: the desk's list of them, their totals, and one with its lines side by side."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tickets import permissions
from tickets.forms.charge import ALL, ChargeFilter
from tickets.forms.compensation import AsideForm
from tickets.models import AuditEntry, Charge
from tickets.services.audit import note
from tickets.services.charge import aside as services
from tickets.services.charge.estimating import estimate_of
from tickets.services.charge.export import as_csv
from tickets.services.charge.listing import NONE, Total, charges_of, page_of, sums_of_all, totals_of
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_see_charges(request.user))
    form = ChargeFilter.of(request.GET)
    found = charges_of(request.user, form.chosen)
    rows, after = page_of(found, after=request.GET.get("after", ""))
    asked = form.parameters
    context = {
        "form": form,
        "charges": rows,
        "sums": sums_of_all(found),
        "chosen": asked,
        "tabs": _tabs(asked),
        "asked": urlencode(asked),
        "next": f"?{urlencode({**asked, 'after': after})}" if after else "",
        "can_propose": permissions.can_request_compensation(request.user)
        and any(charge.is_free for charge in rows),
        **rail_of(request.user),
    }
    return render(request, "review/charges.html", context)


@require_safe
@desk_view
def totals(request: DeskRequest) -> HttpResponse:
    """By provider and cause; every number leads to the charges that it counts."""
    permissions.require(permissions.can_see_charges(request.user))
    form = ChargeFilter.of({"state": ALL, **request.GET.dict()})
    asked, page = form.parameters, max(1, min(number_of(request.GET.get("page", "")) or 1, 1_000))
    lines, has_more = totals_of(charges_of(request.user, form.chosen), page=page)
    context = {
        "form": form,
        "totals": [(line, _address(asked, line)) for line in lines],
        "chosen": asked,
        "asked": urlencode(asked),
        "next": f"?{urlencode({**asked, 'page': page + 1})}" if has_more else "",
        **rail_of(request.user),
    }
    return render(request, "review/charge_totals.html", context)


@require_safe
@desk_view
def export(request: DeskRequest) -> HttpResponseBase:
    """All that the filters find. Carrying it away stands in the audit."""
    permissions.require(permissions.can_see_charges(request.user))
    form = ChargeFilter.of(request.GET)
    if request.method == "GET":
        note(AuditEntry.Kind.EXPORT, by=request.user, about="charges.csv", after=form.parameters)
    answer = StreamingHttpResponse(
        as_csv(charges_of(request.user, form.chosen)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="charges.csv"'
    return answer


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_see_charges(request.user))
    return _page(request, _charge(request, pk), AsideForm())


@require_POST
@desk_view
def aside(request: DeskRequest, pk: int) -> HttpResponse:
    """Nothing is due for it; with `back`, it is taken up again."""
    permissions.require(permissions.can_approve_compensation(request.user))
    charge = _charge(request, pk)
    form = AsideForm(request.POST)
    try:
        if "back" in request.POST:
            services.take_up(charge, by=request.user)
        elif form.is_valid():
            services.set_aside(charge, by=request.user, because=form.cleaned_data["because"])
        else:
            return _page(request, charge, form, status=422)
    except services.Decided:
        messages.warning(request, _("Somebody decided over this charge meanwhile."))
    return redirect("charge", pk=pk)


def _charge(request: DeskRequest, pk: int) -> Charge:
    charges = Charge.objects.visible_to(request.user).select_related("compensation", "ticket", "aside_by")
    return get_object_or_404(charges, pk=pk)


def _page(request: DeskRequest, charge: Charge, form: AsideForm, *, status: int = 200) -> HttpResponse:
    lines = list(charge.lines.select_related("by"))
    context: dict[str, Any] = {
        "charge": charge,
        "lines": lines,
        "estimate": estimate_of(charge.model, lines),
        "form": form,
        **rail_of(request.user),
    }
    return render(request, "review/charge.html", context, status=status)


def _tabs(asked: dict[str, str]) -> list[tuple[str, str, str]]:
    rest = {name: value for name, value in asked.items() if name != "state"}
    states = [*Charge.State.choices, (ALL, _("all"))]
    return [(value, str(label), urlencode({"state": value, **rest})) for value, label in states]


def _address(asked: dict[str, str], line: Total) -> str:
    of = {"provider": line.provider or NONE, "cause": line.cause, "currency": line.currency or NONE}
    return f"{reverse('charges')}?{urlencode({**asked, **of})}"
