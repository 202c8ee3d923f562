"""Calm wording: nobody is blamed, nothing is promised without condition, no time is named, nobody shouts."""

from collections.abc import Iterator
from typing import Any

import re2

from ..verdict import Words
from .article_draft import Draft, Failure
from .blame import BLAME, REASON
from .key_request import key_objections
from .route_advice import route_objections
from .sentence import Sentence, sentences
from .time_promise import promise_objections

_PROMISE = re2.compile(
    r"(?i)\b(?:guarantee[sd]?|100\s*(?:%|percent)|never\s+(?:fails?|breaks?|happens?\s+again|lose|lost)"
    r"|always\s+(?:works?|succeeds?|helps?|fixes|available)|will\s+(?:definitely|certainly|surely|always|never)"
    r"|without\s+(?:fail|exception)|in\s+(?:all|every)\s+cases?|absolutely|completely\s+safe|no\s+risk|risk-free"
    r"|we\s+promise|for\s+sure|once\s+and\s+for\s+all)\b"
    r"|保证|一定(?:会|能|可以|成功|解决)|必定|必然(?:会|能)|绝对|肯定(?:会|能|可以)|百分之百|百分百|100\s*%|万无一失|永远(?:不会|可用)|毫无风险|零风险"
    r"|从此不会|彻底解决|承诺(?:会|在)"
)
_LOUD = re2.compile(r"[!！]|\b(?:Oops|Whoops|ASAP|IMPORTANT|WARNING)\b|\p{So}")
_CODE = re2.compile(r"(?s)```.*?(?:```|$)|`[^`\n]*`")
_NO_PROMISE = Words(
    "This promises without condition; say what usually happens.", "这是没有条件的承诺；请写通常的情况。"
)
_CALM = Words("This is loud; say it plainly.", "语气过强；请平实地写。")


def wording_failures(draft: Draft) -> Iterator[Failure]:
    for language, version in draft.versions.items():
        for name, text in version.texts():
            said = without_code(text)
            for words, why in (*_by_pattern(said), *_by_check(text)):
                yield Failure(language, name, words, why)


def without_code(text: str) -> str:
    """Code is quoted, not said; its place stays, so that words around it do not join."""
    return str(_CODE.sub(lambda found: "·" * (found.end() - found.start()), text))


def _by_pattern(said: str) -> Iterator[tuple[str, Words]]:
    patterns: tuple[tuple[Any, Words], ...] = ((BLAME, REASON), (_PROMISE, _NO_PROMISE), (_LOUD, _CALM))
    for pattern, why in patterns:
        for found in pattern.finditer(said):
            yield found.group(), why


def _by_check(text: str) -> Iterator[tuple[str, Words]]:
    """What a reply must not say, an article must not say either: it knows even less of the single case."""
    said: tuple[Sentence, ...] = tuple(sentences(text))
    for check in (key_objections, promise_objections, route_objections):
        for objection in check(said):
            yield text[objection.span.start : objection.span.end], objection.reason
