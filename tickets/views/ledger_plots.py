"""The ledger's drawings: numbers and geometry, colour is left to classes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

WIDTH, HEIGHT, FOOT = 720, 120, 20
LEFT = 160  # names of providers
ROW = 22
SPARK_WIDTH, SPARK_HEIGHT = 88, 20


def days_plot(days: Sequence[date], counted: Sequence[Counter[date]]) -> dict[str, Any]:
    """Failures of each day, of all providers together."""
    totals = [sum(counts[day] for counts in counted) for day in days]
    most, step = max(totals, default=0), WIDTH / max(1, len(days))
    bars = []
    for at, (day, total) in enumerate(zip(days, totals, strict=True)):
        height = max(1, round(HEIGHT * total / most)) if total else 0
        bars.append(
            {"day": day, "failures": total, "x": round(at * step, 1), "y": HEIGHT - height, "height": height}
        )
    every = max(1, len(days) // 6)
    return {
        "bars": bars,
        "width": WIDTH,
        "height": HEIGHT,
        "bar_width": round(max(1.0, step - 2), 1),
        "full_height": HEIGHT + FOOT,
        "text_at": HEIGHT + 15,
        "most": most,
        "total": sum(totals),
        "ticks": bars[::every],
    }


def minutes_plot(providers: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Minutes of incidents, a bar for each provider that had any."""
    shown = [(name, minutes) for name, minutes in providers if minutes]
    most = max((minutes for _, minutes in shown), default=0)
    bars = [
        {
            "name": name,
            "minutes": minutes,
            "y": at * ROW,
            "text_at": at * ROW + 15,
            "width": max(2, round((WIDTH - LEFT - 80) * minutes / most)),
        }
        for at, (name, minutes) in enumerate(shown)
    ]
    for bar in bars:
        bar["end"] = LEFT + int(bar["width"]) + 8  # type: ignore[call-overload]
    return {"bars": bars, "width": WIDTH, "left": LEFT, "height": ROW * len(bars)}


def spark_of(values: Sequence[int]) -> str:
    """The points of a line, small enough for a row; nothing where nothing was."""
    most = max(values, default=0)
    if not most:
        return ""
    step = SPARK_WIDTH / max(1, len(values) - 1)
    return " ".join(
        f"{round(at * step, 1)},{round(1 + (SPARK_HEIGHT - 2) * (1 - value / most), 1)}"
        for at, value in enumerate(values)
    )
