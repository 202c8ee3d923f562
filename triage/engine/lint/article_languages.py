"""Both languages are there, whole and of the same content; or the gap is stated."""

from collections.abc import Iterator

import re2

from ..verdict import Words
from .article_draft import PROSE, Draft, Failure, Version

LANGUAGES = ("en", "zh")
_CODE = re2.compile(r"`([^`\n]+)`")
_HAN = re2.compile(r"\p{Han}")
_NO_GAP = Words("This language is missing, and nothing says why.", "缺少该语言版本，也没有说明原因。")
_EMPTY = Words("This part is empty; say so when it does not apply.", "这一部分为空；不适用时也请写明。")
_NO_STEPS = Words("There is no step to take.", "没有可执行的步骤。")
_STEPS = Words("The languages have different numbers of steps.", "两种语言的步骤数不一致。")
_CODES = Words("What stands as code differs between the languages.", "两种语言中的代码内容不一致。")
_NO_CHINESE = Words("The Chinese version holds no Chinese here.", "中文版本的这一部分没有中文。")
_NO_VERSION = Words("The article has no text at all.", "文章没有任何内容。")


def language_failures(draft: Draft) -> Iterator[Failure]:
    if not draft.versions:
        yield Failure("", "title", draft.slug, _NO_VERSION)
        return
    for language in LANGUAGES:
        version = draft.versions.get(language)
        if version:
            yield from _whole(language, version)
        elif not draft.gap.strip():
            yield Failure(language, "title", draft.slug, _NO_GAP)
    if all(language in draft.versions for language in LANGUAGES):
        yield from _alike(draft.versions["en"], draft.versions["zh"])


def _whole(language: str, version: Version) -> Iterator[Failure]:
    for name in PROSE:
        text = version.part(name).strip()
        if not text:
            yield Failure(language, name, "", _EMPTY)
        elif language == "zh" and not _HAN.search(text):
            yield Failure(language, name, text[:80], _NO_CHINESE)
    if not version.fix:
        yield Failure(language, "fix", "", _NO_STEPS)


def _alike(english: Version, chinese: Version) -> Iterator[Failure]:
    if len(english.fix) != len(chinese.fix):
        yield Failure("", "fix", f"{len(english.fix)}, {len(chinese.fix)}", _STEPS)
        return
    theirs = dict(chinese.texts())
    for name, text in english.texts():
        apart = set(_CODE.findall(text)) ^ set(_CODE.findall(theirs[name]))
        if apart:
            yield Failure("", name, ", ".join(sorted(apart)), _CODES)
