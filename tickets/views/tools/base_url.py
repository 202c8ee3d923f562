"""The base-URL doctor for everybody: gives the line to copy."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from tickets.forms.tool import BaseUrlForm
from tickets.services.redaction import safe_words
from tickets.views.limit import limited
from triage.engine.doctors.base_url import BaseUrlAdvice, check_base_url
from triage.engine.doctors.base_url_words import FINE, SENTENCES, UrlProblem

MAYBE = {(UrlProblem.MAY_NEED_V1,)}


@dataclass(frozen=True, slots=True)
class UrlAnswer:
    """`state` is fine, maybe or wrong; `line` is what to put in place, "" where it cannot be known."""

    state: str
    sentences: tuple[str, ...]
    line: str
    twin: str

    @classmethod
    def of(cls, advice: BaseUrlAdvice, language: str) -> "UrlAnswer":
        found = [SENTENCES[problem] for problem in advice.problems] or [FINE]
        state = "fine" if not advice.problems else "maybe" if advice.problems in MAYBE else "wrong"
        return cls(
            state,
            tuple(words.in_language(language) for words in found),
            safe_words(advice.corrected),
            safe_words(advice.twin),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@limited("tool")
def show(request: HttpRequest) -> HttpResponse:
    form = BaseUrlForm(request.POST or None)
    answer = None
    if form.is_valid():
        data = form.cleaned_data
        advice = check_base_url(
            data["url"],
            endpoint=data["endpoint"] or None,
            client=data["client"] or None,
            in_container=data["in_container"],
        )
        answer = UrlAnswer.of(advice, translation.get_language())
    context = {
        "form": form,
        "answer": answer,
        "typed": safe_words(request.POST.get("url", "")),
        "typed_path": safe_words(request.POST.get("endpoint", "")),
    }
    return render(request, "help/tools/base_url.html", context, status=422 if form.errors else 200)
