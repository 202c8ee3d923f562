"""Why correlation opened an incident, as a drawing: accounts that failed in each minute of the hour before."""

from datetime import datetime, timedelta
from typing import Any

from tickets.models import Incident

WIDTH, HEIGHT = 640, 150  # of the plot itself
LEFT, TOP, BOTTOM = 36, 10, 22
TICK_EVERY = 15  # minutes
GAP = 2


def reason_of(incident: Incident) -> dict[str, Any] | None:
    """Numbers and geometry; None where people opened it."""
    reason = incident.reason
    if not reason:
        return None
    end = datetime.fromisoformat(reason["at"])
    since = datetime.fromisoformat(reason["since"])
    minutes = reason["minutes"]
    first = end.replace(second=0, microsecond=0) - timedelta(minutes=len(minutes) - 1)
    usual = reason["expected"] / max(1, reason["window"])
    top = _round_up(max([usual, *(accounts for accounts, _ in minutes)], default=1))
    step = WIDTH / max(1, len(minutes))
    return {
        **reason,
        "end": end,
        "since": since,
        "usual": usual,
        "view_box": f"0 0 {LEFT + WIDTH} {TOP + HEIGHT + BOTTOM}",
        "right": LEFT + WIDTH,
        "ground": TOP + HEIGHT,
        "base": _y(usual, top),
        "grid": [{"y": _y(value, top), "value": value} for value in (top, top // 2) if value],
        "bars": [
            _bar(at, accounts, failures, first + timedelta(minutes=at), step, top, since)
            for at, (accounts, failures) in enumerate(minutes)
        ],
        "ticks": [
            {"x": round(LEFT + at * step, 1), "at": first + timedelta(minutes=at)}
            for at in range(0, len(minutes), TICK_EVERY)
        ],
    }


def _bar(
    at: int, accounts: int, failures: int, minute: datetime, step: float, top: int, since: datetime
) -> dict[str, Any]:
    y = _y(accounts, top)
    return {
        "x": round(LEFT + at * step + GAP / 2, 1),
        "y": y,
        "width": round(step - GAP, 1),
        "height": round(TOP + HEIGHT - y, 1),
        "accounts": accounts,
        "failures": failures,
        "minute": minute,
        "counts": minute >= since.replace(second=0, microsecond=0),
    }


def _y(value: float, top: int) -> float:
    return round(TOP + HEIGHT * (1 - value / top), 1)


def _round_up(value: float) -> int:
    """The next of 2, 4, 10, 20, 40, 100 …"""
    size = 1
    while True:
        for factor in (2, 4, 10):
            if value <= factor * size:
                return factor * size
        size *= 10
