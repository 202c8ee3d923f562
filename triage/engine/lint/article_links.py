"""Links lead somewhere, and stay in the language of the reader."""

from collections.abc import Callable, Iterator

import re2

from ..verdict import Words
from .article_draft import Draft, Failure

LINK = re2.compile(r"\[[^\[\]\n]*\]\(([^\s()]+)\)")
_DEAD = Words("This link leads to no public page.", "这个链接没有指向任何公开页面。")
_ODD = Words("A link starts with / or https://.", "链接应以 / 或 https:// 开头。")
_NOT_THERE = Words("There is no such public article.", "没有这篇公开的文章。")
_ITSELF = Words("The article names itself as related.", "文章把自己列为相关文章。")
_OTHER = Words("This link leads to the other language.", "这个链接指向另一种语言。")


def link_failures(draft: Draft, *, resolves: Callable[[str], bool]) -> Iterator[Failure]:
    for slug in draft.related:
        if slug == draft.slug:
            yield Failure("", "related", slug, _ITSELF)
        elif not resolves(f"/faq/{slug}"):
            yield Failure("", "related", slug, _NOT_THERE)
    for language, version in draft.versions.items():
        for name, text in version.texts():
            for target in LINK.findall(text):
                why = _wrong(target, language, resolves)
                if why:
                    yield Failure(language, name, target, why)


def _wrong(target: str, language: str, resolves: Callable[[str], bool]) -> Words | None:
    if target.startswith("https://"):
        return None  # whose address that is, the check for inventions asks
    if not target.startswith("/") or target.startswith("//"):
        return _ODD
    path = target.partition("#")[0].partition("?")[0]
    if not resolves(path):
        return _DEAD
    leads_to = "zh" if path.startswith("/zh/") else "en" if path.startswith("/faq/") else language
    return None if leads_to == language else _OTHER
