"""Articles as plain Markdown, for reading without a page and for answer engines."""

import re
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from tickets.models import FaqEntry, FaqText

from .address import absolute, address_of
from .finding import Found
from .parts import SYMPTOM, parts_of

_OWN_LINK = re.compile(r"\]\((/[^)\s]*)\)")


def article_markdown(entry: FaqEntry, text: FaqText, related: Iterable[tuple[str, str]]) -> str:
    """The whole article. `related` are addresses and titles."""
    with translation.override(text.language):
        lines = "\n\n".join(_blocks(entry, text, related))
    return _OWN_LINK.sub(lambda link: f"]({absolute(link[1])})", lines).rstrip() + "\n"


def _blocks(entry: FaqEntry, text: FaqText, related: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"# {text.title}"
    yield "> " + text.summary.replace("\n", "\n> ")
    yield _("Address: %(address)s") % {"address": absolute(address_of(entry.slug, text.language))}
    yield _("Updated on %(day)s.") % {"day": text.changed_at.date().isoformat()}
    yield f"## {SYMPTOM[1]}"
    yield text.symptom
    yield from (_quoted(string) for string in entry.strings)
    if entry.codes:
        yield _("Error codes: %(codes)s") % {"codes": ", ".join(f"`{code}`" for code in entry.codes)}
    for part in parts_of(text):
        yield f"## {part.title}"
        yield "\n".join(f"{n}. {step}" for n, step in enumerate(part.steps, 1)) if part.steps else part.text
    links = [f"- [{title}]({absolute(address)})" for address, title in related]
    if links:
        yield "## " + _("Related")
        yield "\n".join(links)


def _quoted(string: str) -> str:
    return f"```\n{string}\n```"


def library_markdown(articles: dict[str, list[Found]], titles: dict[str, str]) -> str:
    """What there is to read, by language: a heading, then title, address and summary of each article."""
    blocks = [
        "# " + titles[""],
        "> " + titles["summary"],
    ]
    for language, found in articles.items():
        blocks.append(f"## {titles[language]}")
        blocks.append("\n".join(_line(each, language) for each in found))
    return "\n\n".join(blocks) + "\n"


def _line(found: Found, language: str) -> str:
    address = absolute(address_of(found.slug, language, kind="article_text"))
    return f"- [{found.title}]({address}): {' '.join(found.summary.split())}"
