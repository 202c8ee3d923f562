"""What the doctors said of a verdict, as the values of a reply's placeholders."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from triage.engine.verdict import Words


def links() -> dict[str, object]:
    """The public tools that replies point to."""
    return {
        "pacing_link": settings.BASE_URL + reverse("tool_pacing"),
        "request_check_link": settings.BASE_URL + reverse("tool_request"),
    }


def advised(trace: Mapping[str, Any]) -> dict[str, object]:
    """From the `advice` of a stored trace. What no doctor said is left out."""
    values: dict[str, object] = {}
    for advice in trace.get("advice", ()):
        match advice["doctor"]:
            case "base_url" if advice["line"]:
                values["corrected_base_url"] = advice["line"]
            case "model_name" if advice["line"]:
                values["nearest_model"] = advice["line"]
            case "rate_limit":
                values |= _pace(advice)
            case "request":
                values |= _fault(advice)
    return values


def _pace(advice: Mapping[str, Any]) -> dict[str, object]:
    if not advice["retry"]:
        return {"waiting_helps": False}
    wait = advice["wait"]
    if not wait:
        return {}
    return {"wait": wait, "pacing_link": f"{settings.BASE_URL}{reverse('tool_pacing')}?wait={wait}"}


def _fault(advice: Mapping[str, Any]) -> dict[str, object]:
    """The first error; where there are only warnings, the first of them."""
    points = sorted(advice.get("points", ()), key=lambda point: point["state"] != "error")
    return {"request_fault": Words(points[0]["words"]["en"], points[0]["words"]["zh"])} if points else {}
