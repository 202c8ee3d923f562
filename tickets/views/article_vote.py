"""Did this help? A yes or no without an account; after a no, why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tickets.forms.article_vote import VoteForm
from tickets.models import FaqEntry, Language
from tickets.services.article.address import address_of
from tickets.services.article.use import vote

from .visitor import visitor

OWN = {"same-origin", "none", ""}


@csrf_exempt  # the page with the form is one for everybody, so it holds no token; foreign pages are refused below
@require_POST
def create(request: HttpRequest, slug: str, language: str = Language.ENGLISH) -> HttpResponse:
    entry = get_object_or_404(FaqEntry.objects.published(), slug=slug)
    form = VoteForm(request.POST)
    is_own = request.headers.get("Sec-Fetch-Site", "") in OWN
    with translation.override(language):
        taken = is_own and form.is_valid() and vote(
            entry, language=language, visitor=visitor(request), day=timezone.localdate(), **form.cleaned_data
        )  # fmt: skip
        context = {
            "entry": entry,
            "form": form,
            "taken": taken,
            "asks_why": taken and not form.cleaned_data["helped"] and not form.cleaned_data["reason"],
            "address": address_of(slug, language),
            "vote_address": request.path,
        }
        return render(request, "help/vote.html", context, status=200 if taken else 422)
