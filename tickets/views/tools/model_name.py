"""The model-name doctor for everybody: the nearest names on the operator's list."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from tickets.forms.tool import ModelNameForm
from tickets.services.gateway_model import offer
from tickets.services.redaction import safe_words
from tickets.views.limit import limited
from triage.engine.doctors.model_name import check_model_name
from triage.engine.doctors.model_words import ModelProblem, explain
from triage.engine.doctors.retired_models import retired_models

STATES = {ModelProblem.NONE: "fine", ModelProblem.NO_LIST: "maybe"}


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """`state` is fine, maybe or wrong; `line` is the likeliest name, `others` are like it."""

    state: str
    sentence: str
    line: str
    others: tuple[str, ...]

    @classmethod
    def of(cls, name: str, language: str) -> "NameAnswer":
        listed = offer()
        found = check_model_name(
            name, listed.names, retired={**retired_models(), **listed.retired}, aliases=listed.aliases
        )
        fine = found.problem is ModelProblem.NONE
        told = explain(found.problem, name, retired=found.retired).in_language(language)
        return cls(
            STATES.get(found.problem, "wrong"),
            told,
            "" if fine else next(iter(found.nearest), ""),
            () if fine else found.nearest[1:],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@limited("tool")
def show(request: HttpRequest) -> HttpResponse:
    form = ModelNameForm(request.POST or None)
    answer = None
    if form.is_valid():
        answer = NameAnswer.of(form.cleaned_data["name"], translation.get_language())
    context = {"form": form, "answer": answer, "typed": safe_words(request.POST.get("name", ""))}
    return render(request, "help/tools/model_name.html", context, status=422 if form.errors else 200)
