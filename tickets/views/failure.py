"""What gateways reported: counts with a plot, and the rows behind each number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tickets.forms.failure import FailureFilter
from tickets.permissions import can_see_evidence, require
from tickets.services.failure.overview import SIZE, Bar, Group, bars_of, groups_of, rows_of, window_of
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

WIDTH, HEIGHT = 720, 120  # of the plot, in its own units


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    require(can_see_evidence(request.user))
    form = FailureFilter.of(request.GET)
    chosen, page = form.parameters, max(1, min(number_of(request.GET.get("page", "")) or 1, 1_000))
    window = window_of(chosen)
    groups, has_more = groups_of(chosen, window, page)
    context = {
        "form": form,
        "groups": [(group, _rows_address(chosen, group)) for group in groups],
        "plot": _plot(bars_of(chosen, window)),
        "chosen": chosen,
        "rows_address": _rows_address(chosen),
        "next": f"?{urlencode({**chosen, 'page': page + 1})}" if has_more else "",
        **rail_of(request.user),
    }
    return render(request, "review/failures.html", context)


@require_safe
@desk_view
def rows(request: DeskRequest) -> HttpResponse:
    """The failures themselves, page by page; `after` is the mark of the last one shown."""
    require(can_see_evidence(request.user))
    form = FailureFilter.of(request.GET)
    chosen = form.parameters
    found = rows_of(request.user, chosen, window_of(chosen)).filter(_behind(request.GET.get("after", "")))
    page = list(found[: SIZE + 1])
    last = page[SIZE - 1] if len(page) > SIZE else None
    after = f"{last.occurred_at.isoformat()}_{last.code.hex}" if last else ""
    context = {
        "form": form,
        "rows": page[:SIZE],
        "chosen": chosen,
        "overview": f"{reverse('failures')}?{urlencode(chosen)}",
        "next": f"?{urlencode({**chosen, 'after': after})}" if after else "",
        **rail_of(request.user),
    }
    return render(request, "review/failure_rows.html", context)


def _rows_address(chosen: dict[str, str], group: Group | None = None) -> str:
    of = {"provider": group.provider, "model": group.model, "fingerprint": group.fingerprint} if group else {}
    return f"{reverse('failure_rows')}?{urlencode({**chosen, **{name: text for name, text in of.items() if text}})}"


def _behind(mark: str) -> Q:
    """A spoiled mark starts anew."""
    moment, _, code = mark.partition("_")
    try:
        at, last = datetime.fromisoformat(moment), UUID(hex=code)
    except ValueError:
        return Q()
    if timezone.is_naive(at):
        return Q()
    return Q(occurred_at__lte=at) & (Q(occurred_at__lt=at) | Q(code__lt=last))


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of the plot, with where it is drawn."""

    bar: Bar
    x: int
    y: int
    height: int


def _plot(bars: list[Bar]) -> dict[str, Any]:
    most = max(bar.failures for bar in bars)
    width = WIDTH // len(bars)
    columns = []
    for at, bar in enumerate(bars):
        height = max(1, round(HEIGHT * bar.failures / most)) if bar.failures else 0
        columns.append(Column(bar, at * width, HEIGHT - height, height))
    return {
        "columns": columns,
        "width": WIDTH,
        "height": HEIGHT,
        "column_width": width - 2,
        "most": most,
        "total": sum(bar.failures for bar in bars),
        "ticks": [(columns[at].x, columns[at].bar.starts_at) for at in range(0, len(columns), 15)],
        "full_height": HEIGHT + 20,
        "text_at": HEIGHT + 15,
    }
