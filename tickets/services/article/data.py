"""What machines read of an article, said in the words that people see: schema.org, without a wish of its own."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tickets.models import FaqEntry, FaqText

from .. import markdown
from .address import TAGS, absolute, address_of, list_address


def structured_data(entry: FaqEntry, text: FaqText) -> dict[str, object]:
    """One TechArticle and the way to it. Title, summary and dates are the visible ones."""
    address = absolute(address_of(entry.slug, text.language))
    language = TAGS[text.language]
    article = {
        "@type": "TechArticle",
        "@id": address,
        "url": address,
        "headline": text.title,
        "description": markdown.words_of(text.summary),
        "inLanguage": language,
        "dateModified": text.changed_at.isoformat(timespec="seconds"),
    }
    if entry.published_at:
        article["datePublished"] = entry.published_at.isoformat(timespec="seconds")
    if keywords := [*entry.codes]:
        article["keywords"] = ", ".join(keywords)
    way = [(_("Answers"), absolute(list_address(text.language))), (text.title, address)]
    return {"@context": "https://schema.org", "@graph": [article, _way(way)]}


def _way(steps: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }
