"""What machines read says the same as what people see: title, summary, body, structured data and date."""

from collections.abc import Iterator
from datetime import date

import re2

from ..verdict import Words
from .article_draft import Draft, Failure, Page, Version

LONGEST_TITLE, LONGEST_SUMMARY = 120, 400
_STATUS = re2.compile(r"\b[45]\d\d\b")
_SIGNS = re2.compile(r"[`*_#>]|\]\([^)]*\)|\[")
_SPACE = re2.compile(r"\s+")
_TAGS = {"en": ("en",), "zh": ("zh-Hans", "zh-CN", "zh")}
_TOO_LONG = Words("This is too long to be read at a glance.", "太长，无法一眼读完。")
_STATUS_LOST = Words(
    "The title or summary names this status, and nothing else in the article does.",
    "标题或摘要提到这个状态码，正文却没有。",
)
_TITLE = Words("The title does not stand in what people see.", "标题没有出现在可见的正文里。")
_SUMMARY = Words("The summary does not stand in what people see.", "摘要没有出现在可见的正文里。")
_DESCRIPTION = Words("The description is not the summary.", "页面描述与摘要不一致。")
_DATA = Words("The structured data says something else than the page.", "结构化数据与页面内容不一致。")
_LANGUAGE = Words("The structured data names another language.", "结构化数据标注的语言不一致。")
_DATE = Words(
    "The updated date differs between page and structured data.", "页面与结构化数据的更新日期不一致。"
)
_FUTURE = Words("The updated date lies ahead.", "更新日期晚于今天。")


def agreement_failures(draft: Draft, *, today: date | None) -> Iterator[Failure]:
    for language, version in draft.versions.items():
        yield from _title_and_body(language, version, draft)
        page = draft.pages.get(language)
        if page:
            yield from _page(language, version, page, today)


def _title_and_body(language: str, version: Version, draft: Draft) -> Iterator[Failure]:
    for name, longest in (("title", LONGEST_TITLE), ("summary", LONGEST_SUMMARY)):
        if len(version.part(name)) > longest:
            yield Failure(language, name, f"{len(version.part(name))} > {longest}", _TOO_LONG)
    body = " ".join(
        [
            *(text for name, text in version.texts() if name not in ("title", "summary")),
            *draft.codes,
            *draft.strings,
        ]
    )
    for name in ("title", "summary"):
        for status in dict.fromkeys(_STATUS.findall(version.part(name))):
            if status not in body:
                yield Failure(language, name, status, _STATUS_LOST)


def _page(language: str, version: Version, page: Page, today: date | None) -> Iterator[Failure]:
    title, summary, visible = (
        plain(version.part("title")),
        plain(version.part("summary")),
        plain(page.visible),
    )
    data = page.data
    if title not in visible:
        yield Failure(language, "title", title, _TITLE)
    if summary not in visible:
        yield Failure(language, "summary", summary[:80], _SUMMARY)
    if plain(page.description) != summary:
        yield Failure(language, "description", page.description[:80], _DESCRIPTION)
    for name, expected in (("headline", title), ("description", summary)):
        if plain(str(data.get(name, ""))) != expected:
            yield Failure(language, f"structured data: {name}", str(data.get(name, ""))[:80], _DATA)
    if data.get("inLanguage") not in _TAGS.get(language, (language,)):
        yield Failure(language, "structured data: inLanguage", str(data.get("inLanguage", "")), _LANGUAGE)
    told = str(data.get("dateModified", ""))[:10]
    if told != (page.updated.isoformat() if page.updated else ""):
        yield Failure(language, "updated", f"{page.updated}, {told}", _DATE)
    if page.updated and today and page.updated > today:
        yield Failure(language, "updated", page.updated.isoformat(), _FUTURE)


def plain(text: str) -> str:
    """Without the signs of Markdown, and with single spaces: how it compares, not how it looks."""
    return str(_SPACE.sub(" ", _SIGNS.sub("", text))).strip()
