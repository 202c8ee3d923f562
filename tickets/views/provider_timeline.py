"""One provider over one time axis: notices, our incidents, probes, failures and tickets; drawn, and as a table."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.forms.ledger import TimelineFilter
from tickets.models import FailureKind
from tickets.services.ledger.period import Period
from tickets.services.ledger.timeline import Timeline, timeline_of

from .rail import rail_of
from .request import DeskRequest, desk_view

LEFT, WIDTH = 96, 864  # the names of the lanes, and the time axis
BAND, GAP = 16, 4
BARS, DOTS = 96, 40
TICKS = 6
MOST_NAMED = 50  # providers to choose from


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_read_incidents(request.user))
    form = TimelineFilter.of(request.GET)
    context: dict[str, Any] = {"form": form, "names": _names(), **rail_of(request.user)}
    period = form.period
    if form.is_valid():
        provider, hours = form.cleaned_data["provider"], form.cleaned_data["hours"]
        timeline = timeline_of(provider, period, person=request.user)
        length = period.until - period.since
        context |= {
            "provider": provider,
            "timeline": timeline,
            "plot": _plot(timeline),
            "rows": _rows(provider, timeline),
            "probes": sum(step.probes.sent for step in timeline.steps if step.probes),
            "can_run_probes": permissions.can_run_probes(request.user),
            "failures": sum(step.failures for step in timeline.steps),
            "tickets": sum(len(step.tickets) for step in timeline.steps),
            "earlier": _address(provider, hours, period.since),
            "later": _address(provider, hours, period.until + length),
        }
    return render(request, "review/provider_timeline.html", context)


def _names() -> list[str]:
    named = FailureKind.objects.order_by("provider").values_list("provider", flat=True)
    return list(named.distinct()[:MOST_NAMED])


def _address(provider: str, hours: str, until: datetime) -> str:
    return f"?{urlencode({'provider': provider, 'hours': hours, 'until': until.isoformat()})}"


def _rows(provider: str, timeline: Timeline) -> list[dict[str, Any]]:
    """The steps in which anything was, each number with its address."""
    rows = []
    for step in timeline.steps:
        if step.failures or step.tickets or step.probes:
            about = urlencode({"provider": provider, **Period(step.at, step.until).address})
            rows.append(
                {
                    "step": step,
                    "failures": f"{reverse('failures')}?{about}",
                    "tickets": f"{reverse('ledger_tickets')}?{about}",
                }
            )
    return rows


def _plot(timeline: Timeline) -> dict[str, Any]:
    """From top to bottom: notices, incidents, probes, failures, tickets. A lane without anything keeps its place."""
    period = timeline.period
    notices = _bands(
        [(each, each.published_at, each.ended_at or each.published_at) for each in timeline.notices], period
    )
    incidents = _bands([(each, each.opened_at, each.resolved_at) for each in timeline.incidents], period)
    top_of_incidents = _height(notices) + 3 * GAP
    top_of_probes = top_of_incidents + _height(incidents) + 3 * GAP
    top_of_bars = top_of_probes + BAND + 3 * GAP
    ground = top_of_bars + BARS
    dots = ground + 2 * GAP + DOTS
    width = WIDTH / max(1, len(timeline.steps))
    return {
        "view_box": f"0 0 {LEFT + WIDTH} {dots + 24}",
        "left": LEFT,
        "right": LEFT + WIDTH,
        "notices": notices,
        "notices_label": BAND - 4,
        "incidents": [{**band, "y": band["y"] + top_of_incidents} for band in incidents],
        "incidents_label": top_of_incidents + BAND - 4,
        "probes": [
            {
                "step": step,
                "x": round(LEFT + at * width, 1),
                "y": top_of_probes,
                "width": round(max(3.0, width - 1), 1),
            }
            for at, step in enumerate(timeline.steps)
            if step.probes
        ],
        "probes_label": top_of_probes + BAND - 4,
        "bars": _bars(timeline, [step.failures for step in timeline.steps], width, ground, BARS),
        "bars_label": top_of_bars + 12,
        "ground": ground,
        "dots": _bars(timeline, [len(step.tickets) for step in timeline.steps], width, dots, DOTS - GAP),
        "dots_label": ground + 2 * GAP + 14,
        "dots_ground": dots,
        "text_at": dots + 16,
        "band": BAND,
        "ticks": [
            {
                "x": round(LEFT + WIDTH * at / TICKS, 1),
                "at": period.since + (period.until - period.since) * at / TICKS,
            }
            for at in range(TICKS)
        ],
    }


def _bands(lasting: list[tuple[Any, datetime, datetime | None]], period: Period) -> list[dict[str, Any]]:
    """Each in the first row in which it overlaps no other."""
    ends: list[datetime] = []
    bands = []
    for thing, begin, end in lasting:
        stop = end or period.until
        row = next((at for at, last in enumerate(ends) if last <= begin), len(ends))
        ends[row:] = [stop, *ends[row + 1 :]]
        left, right = _x(max(begin, period.since), period), _x(min(stop, period.until), period)
        bands.append(
            {
                "thing": thing,
                "x": left,
                "y": row * (BAND + GAP),
                "width": max(4, round(right - left, 1)),
                "end": end,
            }
        )
    return bands


def _height(bands: list[dict[str, Any]]) -> int:
    return max((band["y"] for band in bands), default=0) + BAND


def _bars(
    timeline: Timeline, counts: list[int], width: float, ground: int, height: int
) -> list[dict[str, Any]]:
    most = max(counts, default=0)
    return [
        {
            "at": step.at,
            "count": count,
            "x": round(LEFT + at * width, 1),
            "y": ground - max(2, round(height * count / most)),
            "width": round(max(1.0, width - 1), 1),
            "height": max(2, round(height * count / most)),
        }
        for at, (step, count) in enumerate(zip(timeline.steps, counts, strict=True))
        if count
    ]


def _x(moment: datetime, period: Period) -> float:
    share: float = (moment - period.since) / (period.until - period.since)
    return round(LEFT + WIDTH * share, 1)
