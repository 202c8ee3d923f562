"""An article as its readers would see it, before they do."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import FaqEntry, Language
from tickets.services.article.address import OTHER, address_of
from tickets.services.article.data import structured_data
from tickets.services.article.finding import related_to
from tickets.services.catalogue import cause_named
from tickets.services.faq.content import as_shown, newest_content

from .request import DeskRequest, desk_view


@require_safe
@desk_view
def show(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    entry = get_object_or_404(FaqEntry.objects.prefetch_related("texts"), pk=pk)
    if language not in Language.values:
        raise Http404
    shown, texts = as_shown(entry, newest_content(entry))
    text = texts.get(language) or next(iter(texts.values()), None)
    if text is None:
        raise Http404
    with translation.override(language):
        context = {
            "entry": shown,
            "text": text,
            "is_preview": True,
            "is_translated": text.language == language,
            "address": address_of(shown.slug, language),
            "other": "",
            "other_language": OTHER[Language(language)],
            "related": [
                (address_of(found.slug, language), found.title)
                for found in related_to(shown, language=language)
            ],
            "layer": str(cause_named(shown.cause).layer) if shown.cause else "",
            "data": structured_data(shown, text),
        }
        return render(request, "curation/article_preview.html", context)
