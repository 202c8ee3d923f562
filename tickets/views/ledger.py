"""The ledger: what each provider and model cost over a time, every number with what is behind it."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.forms.ledger import NONE, Behind, LedgerFilter
from tickets.models import Ticket
from tickets.services.ledger.figures import Figures, Ledger, Provider
from tickets.services.ledger.period import Period
from tickets.services.ledger.tickets import numbers_behind
from tickets.services.paging import number_of

from .ledger_plots import days_plot, minutes_plot, spark_of
from .rail import rail_of
from .request import DeskRequest, desk_view

SIZE = 20  # providers of a page
TICKETS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """`links` lead to what a number counts, where the reader may see it."""

    name: str
    figures: Figures
    links: dict[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    provider: Provider
    whole: Line
    models: list[Line]
    timeline: str
    spark: str


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_read_ledger(request.user))
    form = LedgerFilter.of(request.GET)
    period, page = form.period, max(1, min(number_of(request.GET.get("page", "")) or 1, 1_000))
    ledger = Ledger(period)
    providers = ledger.providers
    shown = providers[(page - 1) * SIZE : page * SIZE]
    days = _days_of(period)
    seen = permissions.can_see_evidence(request.user)
    context = {
        "form": form,
        "period": period,
        "last_day": period.until - timedelta(days=1),
        "blocks": [_block(provider, period, days, all_links=seen) for provider in shown],
        "days_plot": days_plot(days, [provider.days for provider in providers]),
        "minutes_plot": minutes_plot([(each.name, each.whole.minutes) for each in shown]),
        "next": f"?{urlencode({**form.parameters, 'page': page + 1})}"
        if len(providers) > page * SIZE
        else "",
        "can_keep_notices": permissions.can_keep_notices(request.user),
        **rail_of(request.user),
    }
    return render(request, "review/ledger.html", context)


@require_safe
@desk_view
def tickets(request: DeskRequest) -> HttpResponse:
    """The tickets that a number of the ledger counts, the newest first."""
    permissions.require(permissions.can_see_evidence(request.user))
    form = Behind(request.GET)
    if not form.is_valid():
        return redirect("ledger")
    provider, model = form.cleaned_data["provider"], form.cleaned_data["model"]
    chosen = None if not model else "" if form.is_without_model else model
    numbers = numbers_behind(form.period, provider, chosen)
    after = number_of(request.GET.get("after", ""))
    found = Ticket.objects.visible_to(request.user).filter(pk__in=numbers)
    below = found.filter(pk__lt=after) if after is not None else found
    rows = list(below.select_related("customer", "account").order_by("-pk")[: TICKETS + 1])
    more = {**request.GET.dict(), "after": rows[TICKETS - 1].pk} if len(rows) > TICKETS else {}
    context = {
        "tickets": rows[:TICKETS],
        "provider": provider,
        "model": model,
        "period": form.period,
        "next": f"?{urlencode(more)}" if more else "",
        **rail_of(request.user),
    }
    return render(request, "review/ledger_tickets.html", context)


def _days_of(period: Period) -> list[date]:
    first, last = (
        period.since.astimezone(UTC).date(),
        (period.until - timedelta(seconds=1)).astimezone(UTC).date(),
    )
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def _block(provider: Provider, period: Period, days: list[date], *, all_links: bool) -> Block:
    def line(name: str, figures: Figures, model: str | None) -> Line:
        return Line(name, figures, _links(provider.name, model, figures, period, all_links=all_links))

    hours = "168" if len(days) <= 8 else "720"
    models = sorted(provider.models.items(), key=lambda each: (-each[1].failures, each[0]))
    timeline = {"provider": provider.name, "hours": hours, "until": period.until.isoformat()}
    return Block(
        provider,
        line(provider.name, provider.whole, None),
        [line(name, figures, name or NONE) for name, figures in models],
        f"{reverse('provider_timeline')}?{urlencode(timeline)}" if all_links else "",
        spark_of([provider.days[day] for day in days]),
    )


def _links(
    provider: str, model: str | None, figures: Figures, period: Period, *, all_links: bool
) -> dict[str, Any]:
    about = {"provider": provider, **({"model": model} if model else {}), **period.address}
    charges = reverse("charges")
    links: dict[str, Any] = {
        "credited": [
            (amount, currency, f"{charges}?{urlencode({**about, 'state': 'credited'})}")
            for currency, amount in figures.credited.items()
        ]
    }
    if all_links:
        links["incidents"] = f"{reverse('incidents')}?{urlencode({**about, 'state': 'all'})}"
        links["failures"] = f"{reverse('failures')}?{urlencode(about)}"
        links["tickets"] = f"{reverse('ledger_tickets')}?{urlencode(about)}"
    return links
