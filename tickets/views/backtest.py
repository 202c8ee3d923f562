"""A rule set tried on past tickets: begun, watched, cancelled, read."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tickets import permissions
from tickets.forms.rule_set import BacktestForm
from tickets.models import Backtest, BacktestFlip, RuleSet, Ticket
from tickets.services.backtest import ask, cancel
from tickets.services.backtest_figures import Figures
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

FLIPS = 50


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    permissions.require(permissions.can_edit_rules(request.user))
    rule_set = get_object_or_404(RuleSet.objects.select_related("base"), number=number)
    form = BacktestForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("rule_set", number=number)
    backtest = ask(rule_set, by=request.user, days=form.cleaned_data["days"], most=form.cleaned_data["most"])
    return redirect("backtest", pk=backtest.pk)


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Its progress while it runs, then its figures, and page by page the verdicts that flip."""
    permissions.require(permissions.can_suggest_rules(request.user))
    tests = Backtest.objects.select_related("rule_set", "against", "by").defer(
        "rule_set__content", "against__content"
    )
    backtest = get_object_or_404(tests, pk=pk)
    context = {"backtest": backtest, "may_edit": permissions.can_edit_rules(request.user)}
    if request.htmx and backtest.is_open:
        return render(request, "curation/backtest.html#progress", context)
    if request.htmx:
        return _whole_page()
    kind, pair = request.GET.get("kind", ""), request.GET.get("pair", "")
    flips = BacktestFlip.objects.filter(backtest=backtest, ticket__in=Ticket.objects.visible_to(request.user))
    if kind in BacktestFlip.Kind.values:
        flips = flips.filter(kind=kind)
    before, _sep, after = pair.partition(" ")
    if after:
        flips = flips.filter(cause_before=before, cause_after=after)
    if (last := number_of(request.GET.get("after", ""))) is not None:
        flips = flips.filter(ticket__lt=last)
    rows = list(flips.select_related("ticket").order_by("-ticket")[: FLIPS + 1])
    more = str(rows[FLIPS - 1].ticket_id) if len(rows) > FLIPS else ""
    figures = Figures(backtest.figures)
    context |= {
        "flips": rows[:FLIPS],
        "next": "?" + urlencode({"kind": kind, "pair": pair, "after": more}) + "#flips" if more else "",
        "kind": kind,
        "pair": pair,
        "kinds": [
            (value, label, figures.kept["kinds"].get(value, 0)) for value, label in BacktestFlip.Kind.choices
        ],
        "figures": figures.kept,
        "pairs": figures.flips()[:20],
        "rules": figures.rules(),
        "per_second": round(backtest.done / figures.kept["seconds"]) if figures.kept["seconds"] else 0,
        **rail_of(request.user),
    }
    return render(request, "curation/backtest.html", context)


@require_POST
@desk_view
def cancelling(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_edit_rules(request.user))
    cancel(get_object_or_404(Backtest, pk=pk))
    return redirect("backtest", pk=pk)


def _whole_page() -> HttpResponse:
    """It ended while the page was polling: the figures are on the whole page."""
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response
