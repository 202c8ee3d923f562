"""How to wait: whose limit a refusal was, and a program that backs off correctly."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from tickets.forms.tool import PacingForm, RefusalForm
from tickets.services.redaction import make_safe
from tickets.services.rule.set import active_rules
from tickets.views.limit import limited
from triage.engine import diagnose
from triage.engine.doctors.backoff import backoff_snippet
from triage.engine.doctors.rate_limit import separate

PROGRAMS = (("curl", "sh"), ("Python", "py"), ("JavaScript", "mjs"))


@dataclass(frozen=True, slots=True)
class Program:
    """One language's loop, with the file name that it asks for."""

    language: str
    target: str  # the id of its code on the page
    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a pasted answer says about its limit."""

    limited: bool
    sentence: str
    helps: bool
    wait: int | None


@require_http_methods(["GET", "HEAD", "POST"])
@limited("tool")
def show(request: HttpRequest) -> HttpResponse:
    pace = PacingForm({"wait": request.GET.get("wait", "")})
    form = RefusalForm(request.POST or None)
    refusal = _refusal(form.cleaned_data["text"]) if form.is_valid() else None
    wait = refusal.wait if refusal and refusal.wait is not None else pace.seconds
    context = {
        "pace": pace,
        "form": form,
        "refusal": refusal,
        "wait": wait,
        "programs": [
            Program(name, f"program-{name.lower()}", f"retry.{ending}", backoff_snippet(name.lower(), wait))
            for name, ending in PROGRAMS
        ],
        "typed": make_safe(request.POST.get("text", "")).text,
    }
    return render(request, "help/tools/pacing.html", context, status=422 if form.errors else 200)


def _refusal(text: str) -> Refusal:
    safe = make_safe(text)
    diagnosis = diagnose(safe.text, rules=active_rules(), pepper=settings.PEPPER)
    found = separate(safe.text, values=diagnosis.evidence.values())
    return Refusal(
        found.limited,
        found.explanation.in_language(translation.get_language()),
        not found.never_heals,
        found.wait_seconds,
    )
