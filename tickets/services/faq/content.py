"""An article as one value: what its rows say, and rows made to say it. See `FaqVersion` for the shape."""

from django.utils import timezone

from tickets.models import FaqEntry, FaqText, Language

from ..content_diff import Content

FACTS = ("cause", "codes", "strings", "related", "gap")
PROSE = (
    "title",
    "summary",
    "symptom",
    "applies_to",
    "why",
    "check_yourself",
    "admin",
    "escalation",
    "charged",
    "works",
)
PARTS = (*PROSE[:5], "fix", *PROSE[5:])  # in the order of the page


def content_of(entry: FaqEntry) -> Content:
    """What stands in the rows: of a published article, what is public."""
    texts = {text.language: {name: getattr(text, name) for name in PARTS} for text in entry.texts.all()}
    return {**{name: getattr(entry, name) for name in FACTS}, "texts": texts}


def newest_content(entry: FaqEntry) -> Content:
    """What is being written: the newest version where a change waits, else the rows."""
    if entry.is_published and entry.change:
        newest = entry.versions.first()
        if newest is not None:
            return dict(newest.content)
    return content_of(entry)


def write_content(entry: FaqEntry, content: Content) -> None:
    """Make the rows say it. The entry itself is for the caller to save."""
    reads_otherwise = _reads_otherwise(entry, content)
    for name in FACTS:
        setattr(entry, name, content[name])
    kept = {text.language: text for text in entry.texts.all()}
    for language in Language.values:
        said, text = content["texts"].get(language), kept.get(language)
        if said is None:
            if text is not None:
                text.delete()
        elif text is None or reads_otherwise or any(getattr(text, name) != said[name] for name in PARTS):
            FaqText.objects.update_or_create(entry=entry, language=language, defaults=said)


def as_shown(entry: FaqEntry, content: Content) -> tuple[FaqEntry, dict[str, FaqText]]:
    """The article as it would be public, in memory only. Texts carry the moment as their last change."""
    shown = FaqEntry(
        pk=entry.pk,
        slug=entry.slug,
        state=entry.state,
        published_at=entry.published_at,
        verified_at=entry.verified_at,
        **{name: content[name] for name in FACTS},
    )
    stood = content_of(entry)["texts"]
    at = {text.language: text.changed_at for text in entry.texts.all()}
    texts = {}
    for language in Language.values:
        said = content["texts"].get(language)
        if said is not None:
            stays = stood.get(language) == said and not _reads_otherwise(entry, content)
            changed = at[language] if stays else timezone.now()
            texts[language] = FaqText(entry=shown, language=language, changed_at=changed, **said)
    return shown, texts


def _reads_otherwise(entry: FaqEntry, content: Content) -> bool:
    """Every language shows these, so each is of a new date when they change."""
    return any(getattr(entry, name) != content[name] for name in ("codes", "strings"))
