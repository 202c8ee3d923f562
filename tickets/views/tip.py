"""What the doctors say, as the verdict card and the public answer show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from triage.engine.doctors.backoff import backoff_snippet
from triage.engine.verdict import Words

TITLES: Mapping[str, str | Promise] = {
    "base_url": _("Base URL"),
    "model_name": _("Model name"),
    "request": _("Request"),
    "tokens": _("Length"),
    "rate_limit": _("Rate limit"),
    "stream": _("Stream"),
    "task": _("Task"),
    "cost": _("Cost"),
}
TOOLS = {
    "base_url": "tool_base_url",
    "model_name": "tool_model_name",
    "request": "tool_request",
    "tokens": "tool_request",
    "rate_limit": "tool_pacing",
}


@dataclass(frozen=True, slots=True)
class Snippet:
    language: str
    program: str


@dataclass(frozen=True, slots=True)
class TipPoint:
    """One line under a tip; `state` is error, warning, seen or not_seen."""

    words: str
    state: str
    place: str


@dataclass(frozen=True, slots=True)
class Tip:
    """What a doctor says; `line` is a corrected value to copy, `tool` the page where anybody can ask again."""

    title: str | Promise
    words: str
    line: str
    points: tuple[TipPoint, ...]
    tool: str
    snippets: tuple[Snippet, ...]

    @property
    def is_way(self) -> bool:
        """The stations of a task, drawn in a row."""
        return any(point.state in ("seen", "not_seen") for point in self.points)


def tips_of(trace: Mapping[str, Any], language: str) -> tuple[Tip, ...]:
    """From the `advice` of a stored trace; what older traces lack is left out."""
    return tuple(_tip(advice, language) for advice in trace.get("advice", ()))


def _tip(advice: Mapping[str, Any], language: str) -> Tip:
    doctor, wait = advice["doctor"], advice["wait"]
    return Tip(
        title=TITLES.get(doctor, ""),
        words=_in(advice["words"], language),
        line=advice["line"],
        points=tuple(
            TipPoint(_in(point["words"], language), point["state"], point["place"])
            for point in advice.get("points", ())
        ),
        tool=_tool(doctor, wait),
        snippets=_snippets(wait) if advice["retry"] else (),
    )


def _tool(doctor: str, wait: int | None) -> str:
    name = TOOLS.get(doctor)
    if name is None:
        return ""
    return reverse(name) + (f"?wait={wait}" if wait and doctor == "rate_limit" else "")


def _snippets(wait: int | None) -> tuple[Snippet, ...]:
    return tuple(
        Snippet(language, backoff_snippet(language, wait)) for language in ("curl", "python", "javascript")
    )


def _in(words: Mapping[str, str], language: str) -> str:
    return Words(words["en"], words["zh"]).in_language(language)
