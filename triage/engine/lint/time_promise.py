"""Promising when a task will be done, while nobody knows its state at the provider."""

from collections.abc import Iterable, Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from . import time_phrases_en as en
from . import time_phrases_zh as zh
from .objection import PROMISES_TIME, Objection
from .sentence import Sentence, apart, blanked

REASON = Words(
    "This names a time at which the task will be done, and its state at the provider is not known.",
    "这里给出了任务完成的时间，而任务在上游供应商处的状态尚不清楚。",
)
SUGGESTION = Words(
    "Say that the state will be checked and that you write when it changes, or look up the task first.",
    "改为说明会关注任务状态、有变化时告知，或先查询任务在上游的状态。",
)

# The doubt in "will not take longer than" is none.
_FIRM_PROMISE = re2.compile(
    rf"(?i)(?:\bnot|n['’]t|\bnever)\s+(?:be|take)\s+(?:any\s+)?(?:longer"
    rf"|more)\s+than\s+{en.ABOUT}{en.NUMBER}\s*{en.UNIT}"
    r"|\b(?:won['’]t|will\s+not)\s+be\s+(?:too\s+|very\s+)?long\b"
    r"|不会?(?:会)?超过\s*\d+\s*个?(?:秒|分钟|小时|天)"
)
_NO_PROMISE = re2.compile(
    r"(?i)\b(?:if|unless|when|whether|cannot|unable|impossible|never|nobody|once|until|refunds?|credits?"
    r"|payments?"
    r"|invoices?|top-?ups?|(?:reply|answer|write)\s+(?:to\s+)?(?:you|it))\b|n['’]t\b"
    r"|\bnot\s+(?:say|known|possible|promise|able|clear|tell)\b|\bno\s+(?:completion|time|promise|eta|estimate)\b"
    r"|\bdid\s+you\b"
    r"|退款|退回|补偿|充值|到账|发票|工单|回复|答复"
    r"|无法|不能|没法|难以|不确定|不承诺|尚不|还不|未知|没有|并未|如果|若|是否|一旦|当.{0,12}时|重试|再试|(?:视频|音频|片段|成片)的?时长|长度"
)
# "We will have it fixed by tomorrow": a repair is no task, but nobody knows its time either.
_REPAIR = re2.compile(
    rf"(?i)\b(?:will|['’]ll|shall|going\s+to|guarantee|promise)\s+(?:\w+\s+){{0,4}}?"
    rf"(?:fix(?:ed)?|repair(?:ed)?|resolved?|solved?)\b(?:\s+[\w,]+){{0,5}}?\s+{en.WHEN}"
    rf"|\b(?:guarantee|promise)\b(?:\s+[\w,]+){{0,6}}?\s+(?:back|restored?|working|recovered)\b(?:\s+\w+){{0,3}}?\s+{en.WHEN}"
)
_CLAUSE_END = re2.compile(r"[,，:：;；、]")
_ZH_REPAIR = re2.compile(
    rf"(?:会|将|可以?|能|保证|承诺|一定|预计|争取){zh.GAP}{zh.WHEN}{zh.GAP}(?:修复|修好|解决)"
    rf"|(?:保证|承诺|一定){zh.GAP}{zh.WHEN}{zh.GAP}恢复|{zh.WHEN}(?:修好|修复(?:好|完))"
)
_HARMLESS = re2.compile(
    r"(?i)\bas\s+soon\s+as\b|\bready\s+to\b|\bat\s+least\s+[\w.]+\s+\w+"
    r"|至少\s*\S{1,6}?(?:秒|分钟|小时|天)|尽快|间隔|每隔?\s*\S{1,4}?(?:秒|分钟|小时)"
    rf"|(?:请(?:您|先|至少)?|已经?)(?:等待|排队)|{zh.SPAN}\s*[之以]?前"
    r"|已经?(?:于|在)[^。！？；，,\n]{0,8}?\d{1,2}[:：]\d{2}"
)


REPAIR_REASON = Words(
    "This promises a repair by a time that nobody can know.",
    "这里承诺了修复时间，而何时能修复无人可以确定。",
)
REPAIR_SUGGESTION = Words(
    "Say what is being done, and that you write when it changes.",
    "改为说明正在如何处理，并在有进展时告知。",
)


def promise_objections(text: tuple[Sentence, ...]) -> Iterator[Objection]:
    for sentence in text:
        for found in apart(_promises(blanked(_HARMLESS, sentence.text))):
            place = Span(sentence.start + found.start, sentence.start + found.end)
            yield Objection(PROMISES_TIME, place, REASON, SUGGESTION)
        for found in apart(_repairs(blanked(_HARMLESS, sentence.text))):
            place = Span(sentence.start + found.start, sentence.start + found.end)
            yield Objection(PROMISES_TIME, place, REPAIR_REASON, REPAIR_SUGGESTION)


def _promises(said: str) -> Iterator[Span]:
    for found in _FIRM_PROMISE.finditer(said):
        yield Span(found.start(), found.end())
    for pattern in (*en.PROMISES, zh.PROMISE):
        yield from _undoubted(said, pattern.finditer(said))


def _repairs(said: str) -> Iterator[Span]:
    for pattern in (_REPAIR, _ZH_REPAIR):
        yield from _undoubted(said, pattern.finditer(said))


def _undoubted(said: str, places: "Iterable[re2._Match[str]]") -> Iterator[Span]:
    for found in places:
        if not _NO_PROMISE.search(said[_clause_start(said, found.start()) : found.end()]):
            yield Span(found.start(), found.end())


def _clause_start(said: str, place: int) -> int:
    """What a doubt governs ends with its clause: "If it fails, …" says nothing about what follows."""
    return max((found.end() for found in _CLAUSE_END.finditer(said[:place])), default=0)
