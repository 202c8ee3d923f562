"""One article as the desk sees it: where it stands, what readers say, what keeps it from being public."""

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import ArticleUse, ArticleVote, FaqEntry, Language, ReportAttempt
from tickets.services.article.address import address_of
from tickets.services.faq.content import newest_content
from tickets.services.faq.recheck import due_for_recheck
from tickets.services.faq.state import sent_back
from tickets.services.publication import failures_of

from .rail import rail_of
from .request import DeskRequest, desk_view

NOTES_SHOWN, VERSIONS_SHOWN = 20, 50


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_suggest_articles(request.user))
    entries = FaqEntry.objects.select_related("author", "reviewer").prefetch_related("texts")
    entry = get_object_or_404(entries, pk=pk)
    content = newest_content(entry)
    language = translation.get_language() or "en"
    said = ArticleVote.objects.filter(entry=entry)
    votes = said.values_list("helped", "reason").annotate(n=Count("pk")).order_by("helped", "reason")
    reasons = dict(ArticleVote.Reason.choices)
    context = {
        "entry": entry,
        "texts": [(text, address_of(entry.slug, text.language)) for text in entry.texts.all()],
        "failures": [(each, each.why.in_language(language)) for each in failures_of(entry, content=content)],
        "languages": [(each, each in content["texts"]) for each in Language.values],
        "versions": entry.versions.select_related("by")[:VERSIONS_SHOWN],
        "sent_back": sent_back(entry),
        "due": due_for_recheck([entry]).get(entry.pk),
        "may_write": permissions.can_write_article(request.user, entry),
        "may_edit": permissions.can_edit_articles(request.user),
        "may_review": permissions.can_review_article(request.user, entry),
        "opened": ArticleUse.objects.filter(entry=entry).aggregate(n=Sum("opened"))["n"] or 0,
        "helped": sum(count for did, _reason, count in votes if did),
        "complaints": [(reasons.get(why, ""), count) for did, why, count in votes if not did],
        "notes": said.exclude(note="").order_by("-day", "-pk")[:NOTES_SHOWN],
        "attempts": ReportAttempt.objects.filter(read=entry, ticket__isnull=True).count(),
        **rail_of(request.user),
    }
    return render(request, "curation/faq_entry.html", context)
