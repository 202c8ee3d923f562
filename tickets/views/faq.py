"""The public articles: all of them, one by its address, one by an error code."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from tickets.models import FaqEntry, FaqText, Language
from tickets.services.article.address import OTHER, address_of, list_address
from tickets.services.article.data import structured_data
from tickets.services.article.finding import Found, all_articles, article_for_code, find_articles, related_to
from tickets.services.article.markdown import article_markdown
from tickets.services.article.use import count_opening
from tickets.services.catalogue import cause_named
from tickets.services.fruitless_search import note_fruitless
from tickets.services.public_incident import PublicIncident, open_incidents
from triage.engine.verdict import Verdict

from .cached import for_everybody
from .visitor import visitor

LAYERS = ("", "account", "key", "client", "network", "gateway", "routing", "provider", "task")


@require_safe
@for_everybody
def index(request: HttpRequest, language: str = Language.ENGLISH) -> HttpResponse:
    """Every article by where it fails, or those that answer what was asked."""
    asked = request.GET.get("q", "")[:500]
    found = find_articles(asked, language=language, limit=20) if asked.strip() else []
    if asked.strip() and not found:
        note_fruitless(asked, language=language, visitor=visitor(request))
    with translation.override(language):
        context = {
            "asked": asked,
            "found": found,
            "groups": {} if found else by_layer(all_articles(language=language)),
            "codes": [] if found else all_codes(),
            "address": list_address(language),
            "other": list_address(OTHER[Language(language)])
            + (f"?{urlencode({'q': asked})}" if asked else ""),
        }
        return render(request, "help/faq.html", context)


@require_safe
@for_everybody
def show(request: HttpRequest, slug: str, language: str = Language.ENGLISH) -> HttpResponse:
    """An article has one address for each language; the page around it follows."""
    shown = _read(slug, language)
    if request.method == "GET":
        count_opening(shown.entry, agent=request.headers.get("User-Agent", ""))
    with translation.override(language):
        context = {
            "entry": shown.entry,
            "text": shown.text,
            "is_translated": shown.text.language == language,
            "address": address_of(slug, language),
            "other": address_of(slug, OTHER[Language(language)]) if shown.has_both else "",
            "related": shown.related,
            "layer": _layer(shown.entry.cause),
            "incidents": _incidents(shown.entry.cause),
            "data": structured_data(shown.entry, shown.text),
        }
        return render(request, "help/article.html", context)


@require_safe
@for_everybody
def text(request: HttpRequest, slug: str, language: str = Language.ENGLISH) -> HttpResponse:
    """The article as plain Markdown."""
    shown = _read(slug, language)
    plain = article_markdown(shown.entry, shown.text, shown.related)
    return HttpResponse(plain, content_type="text/markdown; charset=utf-8")


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    entry = article_for_code(code)
    language = translation.get_language() or "en"
    if entry is None:
        return redirect(f"{list_address(language)}?{urlencode({'q': code})}")
    return redirect(address_of(entry.slug, language))


@dataclass(frozen=True, slots=True)
class Shown:
    entry: FaqEntry
    text: FaqText
    has_both: bool
    related: list[tuple[str, str]]


def _read(slug: str, language: str) -> Shown:
    entry = get_object_or_404(FaqEntry.objects.published(), slug=slug)
    texts = {each.language: each for each in entry.texts.all()}
    chosen = texts.get(language) or next(iter(texts.values()), None)
    if chosen is None:
        raise Http404
    related = [
        (address_of(found.slug, language), found.title) for found in related_to(entry, language=language)
    ]
    return Shown(entry, chosen, len(texts) > 1, related)


def _layer(cause: str) -> str:
    return str(cause_named(cause).layer) if cause else ""


def _incidents(cause: str) -> list[PublicIncident]:
    """Shown where the article is about trouble that is not the customer's."""
    is_ours = bool(cause) and cause_named(cause).verdict == Verdict.PROVIDER_INCIDENT
    return open_incidents() if is_ours else []


def all_codes() -> list[tuple[str, str]]:
    """Each error code with the slug of its article, by name."""
    rows = FaqEntry.objects.published().values_list("slug", "codes")
    return sorted((code, slug) for slug, codes in rows for code in codes)


def by_layer(articles: list[Found]) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = {}
    for found in articles:
        groups.setdefault(_layer(found.cause), []).append(found)
    return dict(
        sorted(groups.items(), key=lambda group: LAYERS.index(group[0]) if group[0] in LAYERS else 99)
    )
