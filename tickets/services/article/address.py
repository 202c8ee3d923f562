"""Where articles stand: one address for each language, the same for people and machines."""

from django.conf import settings
from django.urls import reverse

from tickets.models import Language

OTHER = {Language.ENGLISH: Language.CHINESE, Language.CHINESE: Language.ENGLISH}
TAGS: dict[str, str] = {Language.ENGLISH: "en", Language.CHINESE: "zh-Hans"}


def is_chinese(language: str) -> bool:
    return language.startswith("zh")


def address_of(slug: str, language: str, *, kind: str = "article") -> str:
    """`kind` is article, or article_text for its twin in Markdown."""
    return reverse(f"{kind}_zh" if is_chinese(language) else kind, args=[slug])


def list_address(language: str) -> str:
    return reverse("faq_zh" if is_chinese(language) else "faq")


def absolute(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path
