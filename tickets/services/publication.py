"""Whether an article may go public, asked of its rows."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from tickets.models import FaqEntry, FaqText, Language
from triage.engine.lint.article import Draft, Failure, Page, Version, publication_failures

from . import markdown
from .article.data import structured_data
from .faq.content import Content, as_shown, content_of

SHORT = {Language.ENGLISH: "en", Language.CHINESE: "zh"}
PARTS = ("title", "summary", "symptom", "applies_to", "why", "admin", "escalation", "charged", "works")
PUBLIC = {"faq", "faq_zh", "home", "tools"}


def failures_of(entry: FaqEntry, *, content: Content | None = None) -> tuple[Failure, ...]:
    """Every reason against publishing it as it stands, or with this content."""
    entry, shown = as_shown(entry, content_of(entry) if content is None else content)
    texts = {SHORT[Language(language)]: text for language, text in shown.items()}
    draft = Draft(
        entry.slug,
        {short: _version(text) for short, text in texts.items()},
        codes=tuple(entry.codes),
        strings=tuple(entry.strings),
        related=tuple(entry.related),
        gap=entry.gap,
        pages={short: _page(entry, text) for short, text in texts.items()},
    )
    public = set(FaqEntry.objects.published().values_list("slug", flat=True)) | {entry.slug}
    own = urlsplit(settings.BASE_URL).hostname or ""
    today = timezone.localdate()
    return publication_failures(draft, resolves=lambda path: _leads(path, public), hosts={own}, today=today)


def _leads(path: str, public: set[str]) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name in ("article", "article_zh"):
        return match.kwargs["slug"] in public
    return match.url_name in PUBLIC or str(match.url_name).startswith("tool_")


def _version(text: FaqText) -> Version:
    parts = {name: getattr(text, name) for name in PARTS}
    return Version({**parts, "check": text.check_yourself}, tuple(text.fix))


def _page(entry: FaqEntry, text: FaqText) -> Page:
    with translation.override(text.language):
        article = structured_data(entry, text)["@graph"][0]  # type: ignore[index]
    summary = markdown.words_of(text.summary)
    return Page(
        visible=f"{text.title} {summary}",
        description=summary,
        data=article,
        updated=text.changed_at.date(),
    )
