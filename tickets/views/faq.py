"""The public articles: all of them, one by its address, one by an error code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from tickets.models import FaqEntry, FaqText, Language
from tickets.services.article import Found, all_articles, article_for_code, find_articles
from tickets.services.catalogue import cause_named

OTHER = {Language.ENGLISH: Language.CHINESE, Language.CHINESE: Language.ENGLISH}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every article by where it fails, or those that answer what was asked."""
    language = translation.get_language() or "en"
    asked = request.GET.get("q", "")[:500]
    found = find_articles(asked, language=language, limit=20) if asked.strip() else []
    context = {"asked": asked, "found": found, "groups": _by_layer(all_articles(language=language))}
    return render(request, "help/faq.html", context)


@require_safe
def show(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """An article has one address for each language; the page around it follows."""
    entry = get_object_or_404(FaqEntry.objects.published(), slug=slug)
    language = language or Language.ENGLISH
    texts = {text.language: text for text in entry.texts.all()}
    text = texts.get(language) or next(iter(texts.values()), None)
    if text is None:
        raise Http404
    with translation.override(language):
        context = {
            "entry": entry,
            "text": text,
            "is_translated": text.language == language,
            "address": address_of(slug, language),
            "other": address_of(slug, OTHER[Language(language)]) if len(texts) > 1 else "",
            "related": _related(entry, language),
        }
        return render(request, "help/article.html", context)


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    entry = article_for_code(code)
    if entry is None:
        return redirect(f"{reverse('faq')}?q={code}")
    return redirect(address_of(entry.slug, translation.get_language() or "en"))


def address_of(slug: str, language: str) -> str:
    return reverse("article_zh" if language.startswith("zh") else "article", args=[slug])


def _related(entry: FaqEntry, language: str) -> list[tuple[str, str]]:
    """Address and title of each related article that is public."""
    texts = FaqText.objects.filter(
        entry__slug__in=entry.related, entry__state=FaqEntry.State.PUBLISHED, language=language
    )
    return [(address_of(text.entry.slug, language), text.title) for text in texts.select_related("entry")]


def _by_layer(articles: list[Found]) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = {}
    for found in articles:
        layer = str(cause_named(found.cause).layer) if found.cause else ""
        groups.setdefault(layer, []).append(found)
    return dict(
        sorted(groups.items(), key=lambda group: LAYERS.index(group[0]) if group[0] in LAYERS else 99)
    )


LAYERS = ("", "account", "key", "client", "network", "gateway", "routing", "provider", "task")
