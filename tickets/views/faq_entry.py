"""One article as the desk sees it: its state, what readers say, what keeps it from being public."""

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import ArticleUse, ArticleVote, FaqEntry, ReportAttempt
from tickets.services.article_address import address_of
from tickets.services.publication import failures_of

from .inbox import sidebar
from .request import DeskRequest, desk_view

NOTES_SHOWN = 20


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    entry = get_object_or_404(FaqEntry.objects.select_related("author").prefetch_related("texts"), pk=pk)
    language = translation.get_language() or "en"
    said = ArticleVote.objects.filter(entry=entry)
    votes = said.values_list("helped", "reason").annotate(n=Count("pk")).order_by("helped", "reason")
    reasons = dict(ArticleVote.Reason.choices)
    context = {
        "entry": entry,
        "texts": [(text, address_of(entry.slug, text.language)) for text in entry.texts.all()],
        "failures": [(each, each.why.in_language(language)) for each in failures_of(entry)],
        "opened": ArticleUse.objects.filter(entry=entry).aggregate(n=Sum("opened"))["n"] or 0,
        "helped": sum(count for did, _reason, count in votes if did),
        "complaints": [(reasons.get(why, ""), count) for did, why, count in votes if not did],
        "notes": said.exclude(note="").order_by("-day", "-pk")[:NOTES_SHOWN],
        "attempts": ReportAttempt.objects.filter(read=entry, ticket__isnull=True).count(),
        **sidebar(request.user),
    }
    return render(request, "curation/faq_entry.html", context)
