"""The smallest requests that tell key, model and task problems apart, without key or prompt."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from tickets.forms.tool import SafeRequestForm
from tickets.services.redaction import safe_words
from tickets.views.limit import limited
from triage.engine.doctors.safe_request import safe_request


@dataclass(frozen=True, slots=True)
class Step:
    target: str  # the id of its command on the page
    title: str
    curl: str
    tells: str


@require_http_methods(["GET", "HEAD", "POST"])
@limited("tool")
def show(request: HttpRequest) -> HttpResponse:
    """Before anything was typed, the commands name what is to be put in."""
    language = translation.get_language()
    form = SafeRequestForm(request.POST or None)
    filled = form.is_valid()
    values = form.values if filled else {"endpoint": "/v1/chat/completions"}
    found = safe_request(values, base_url=form.cleaned_data["base_url"] if filled else "")
    steps = [
        Step(
            f"command-{number}",
            step.title.in_language(language).split(". ", 1)[-1],  # the page counts them itself
            safe_words(step.curl),
            step.tells.in_language(language),
        )
        for number, step in enumerate(found, start=1)
    ]
    typed = {name: safe_words(request.POST.get(name, "")) for name in ("base_url", "model", "task_id")}
    context = {"form": form, "steps": steps, "typed": typed, "filled": filled}
    return render(request, "help/tools/safe_request.html", context, status=422 if form.errors else 200)
