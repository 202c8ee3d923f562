"""Promising when a task will be done, while nobody knows its state at the provider."""

from collections.abc import Iterable, Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import PROMISES_TIME, Objection
from .sentence import Sentence, blanked

REASON = Words(
    "This names a time at which the task will be done, and its state at the provider is not known.",
    "这里给出了任务完成的时间，而任务在上游供应商处的状态尚不清楚。",
)
SUGGESTION = Words(
    "Say that the state will be checked and that you write when it changes, or look up the task first.",
    "改为说明会关注任务状态、有变化时告知，或先查询任务在上游的状态。",
)

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?:\s*(?:-|–|to|or)\s*\d+)?|an?|one|two|three|four|five|six|ten|fifteen|twenty"
    r"|thirty|half\s+an?"
    r"|a\s+(?:few|couple\s+of)|several|some|the\s+next(?:\s+\w+)?|another\s+\w+|under\s+an?)"
)
_UNIT = r"(?:s|sec(?:ond)?s?|min(?:ute)?s?|h|hrs?|hours?|days?|moments?|weeks?)\b"
_ABOUT = (
    r"(?:about|around|roughly|approximately|approx\.?|at\s+most|less\s+than|under|no\s+more\s+than"
    r"|up\s+to|maybe"
    r"|only|just|~|≈|maximum)?\s*"
)
_SOON = r"(?:soon|shortly|any\s+(?:minute|moment)|momentarily|right\s+away|immediately|in\s+no\s+time)"
_WHEN = (
    rf"(?:(?:in|within|after|for)\s+{_ABOUT}{_NUMBER}\s*{_UNIT}|within\s+the\s+(?:hour|day|week)"
    rf"|wait\s+{_ABOUT}{_NUMBER}\s*{_UNIT}"
    r"|(?:by|before|at|until|around|no\s+later\s+than)\s+(?:about\s+)?(?:\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm"
    r"|utc|o['’]clock|h\b)?"
    r"|noon|midnight|tonight|tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the\s+end\s+of"
    r"|this|next|end\s+of)"
    rf"|tomorrow|tonight|today|later\s+today|this\s+(?:morning|afternoon|evening)|{_SOON})"
)
_DONE = (
    r"(?:done|ready|finished|finish(?:es)?|arrives?|completes?|completed|available|delivered|processed"
    r"|generated|rendered"
    r"|through|out|start|started"
    r"|come\s+through|succeed|your\s+turn)"
)
_RESULT = r"(?:video|image|picture|audio|song|result|output|task|job|file|clip|it|them)"
_PROMISE = re2.compile(
    rf"(?i)\b(?:will|shall|should|['’]ll|going\s+to|bound\s+to|expected\s+to|likely\s+to"
    rf"|can)\s+(?:\w+\s+){{0,3}}?{_DONE}\b"
    rf"(?:\s+[\w,]+){{0,4}}?\s+{_WHEN}"
    rf"|\b{_WHEN},?\s+(?:(?:and|then|at\s+the\s+latest),?\s+)?(?:\w+\s+){{1,4}}?(?:will|should"
    rf"|['’]ll)\s+(?:\w+\s+){{0,2}}?(?:{_DONE}|have|get|receive|see)\b"
    rf"|\b(?:{_DONE})\s+{_WHEN}"
    rf"|\b(?:it|this|that|tasks?|jobs?|queue|videos?|images?|generation|processing|usually|normally"
    rf"|typically|only|which)\s+"
    rf"(?:(?:will|should|would|can|may|might|usually|normally|typically|only|generally"
    rf"|often)\s+)*takes?\s+(?:you\s+)?{_ABOUT}{_NUMBER}\s*(?:more\s+)?{_UNIT}"
    rf"|\b(?:you|we)(?:['’]ll|\s+(?:will|should|can))\s+(?:\w+\s+)?(?:have|get|receive|see"
    rf"|expect)\s+(?:your|the|a|an)?\s*(?:\w+\s+)?{_RESULT}"
    rf"(?:\s+\w+){{0,3}}?\s+{_WHEN}"
    rf"|\byour\s+turn\b(?:\s+\w+){{0,3}}?\s+{_WHEN}"
    rf"|\bexpect\s+(?:\w+\s+){{1,4}}?{_WHEN}"
    r"|\b(?:eta|estimated\s+(?:time|completion|wait|finish)|expected\s+(?:completion|finish"
    r"|wait(?:ing)?\s+time)|completion\s+time|remaining\s+time"
    rf"|wait(?:ing)?\s+time|queue\s+time)\s*(?:\w+\s+){{0,4}}?(?:is|:|of|will\s+be"
    rf"|=)\s*{_ABOUT}(?:{_NUMBER}\s*{_UNIT}|\d{{1,2}}[:.]\d{{2}}|tomorrow|tonight)"
    rf"|\b{_NUMBER}\s*{_UNIT}\s+(?:left|remaining|to\s+go|more\s+to\s+wait)\b"
    rf"|\bgive\s+it\s+{_ABOUT}(?:another\s+)?{_NUMBER}\s*(?:more\s+)?{_UNIT}\s+and\b"
)
# The doubt in "will not take longer than" is none.
_FIRM_PROMISE = re2.compile(
    rf"(?i)(?:\bnot|n['’]t|\bnever)\s+(?:be|take)\s+(?:any\s+)?(?:longer"
    rf"|more)\s+than\s+{_ABOUT}{_NUMBER}\s*{_UNIT}"
    r"|不会?(?:会)?超过\s*\d+\s*个?(?:秒|分钟|小时|天)"
)
_NO_PROMISE = re2.compile(
    r"(?i)\b(?:if|unless|when|whether|cannot|unable|impossible|never|nobody|once|until|refunds?|credits?"
    r"|payments?"
    r"|invoices?|top-?ups?|(?:reply|answer|write)\s+(?:to\s+)?(?:you|it))\b|n['’]t\b"
    r"|\bnot\s+(?:say|known|possible|promise|able|clear|tell)\b|\bno\s+(?:completion|time|promise)\b"
    r"|退款|退回|补偿|充值|到账|发票|工单|回复|答复"
    r"|无法|不能|没法|难以|不确定|不承诺|尚不|还不|未知|没有|并未|如果|若|是否|一旦|当.{0,12}时|(?:视频|音频|片段|成片)的?时长|长度"
)
# "We will have it fixed by tomorrow": a repair is no task, but nobody knows its time either.
_REPAIR = re2.compile(
    rf"(?i)\b(?:will|['’]ll|shall|going\s+to|guarantee|promise)\s+(?:\w+\s+){{0,4}}?"
    rf"(?:fix(?:ed)?|repair(?:ed)?|resolved?|solved?)\b(?:\s+[\w,]+){{0,5}}?\s+{_WHEN}"
    rf"|\b(?:guarantee|promise)\b(?:\s+[\w,]+){{0,6}}?\s+(?:back|restored?|working|recovered)\b(?:\s+\w+){{0,3}}?\s+{_WHEN}"
)
_CLAUSE_END = re2.compile(r"[,，:：;；、]")
_ZH_NUMBER = r"(?:\d+(?:\s*[-~～到至—]\s*\d+)?|[一二三四五六七八九十两几半数]{1,3}|若干)"
_ZH_SPAN = rf"(?:{_ZH_NUMBER}\s*(?:多)?\s*个?\s*(?:半)?\s*(?:秒钟?|分钟?|小时|钟头|刻钟|天|工作日))"
_ZH_DONE = (
    r"(?:完成|出结果|有结果|出图|出片|出来|生成(?:好|完|成功)?|处理(?:好|完)|跑完|做完|做好|结束|搞定|好了|就好|能好|会好|(?:看到|得到|拿到)(?:结果|视频|图片)"
    r"|收到(?:结果|视频|图片)"
    r"|轮到|排到|下载)"
)
_ZH_WHEN = (
    rf"(?:{_ZH_SPAN}\s*(?:之?内|以内|之?后|左右|上下)?|(?:今天|明天|今晚|今日|明早|明日|下午|上午|晚上|周[一二三四五六日天]|本周"
    rf"|月底前?)(?:\S{{0,4}}?(?:点|前|内))?"
    r"|\d{1,2}\s*[:：点]\s*(?:\d{2}|半)?\s*(?:分)?\s*(?:之?前|左右)?|马上|很快|立刻|立即|稍后|一会儿?|不久|片刻|即将)"
)
_ZH_GAP = r"[^。！？；，,\n]{0,8}?"
_ZH_PROMISE = re2.compile(
    rf"(?i){_ZH_WHEN}[^。！？；，,\n]{{0,8}}?{_ZH_DONE}"
    rf"|(?:完成|出结果|结束|生成)(?:的)?(?:时间|时刻)?(?:预计|大概|大约|约|估计|应该|为|是|在|需要?|还要|:|：|会)+\s*{_ZH_WHEN}"
    rf"|(?:预计|预期|大概|大约|估计|最多|最晚|最迟|一般|通常|只需|仅需|还需|还要|还有|再等|需要等|需)(?:还|要|需要?|再|等待?|会|在|约|大约|大概|的|时间|时长|为|是"
    rf"|：|:)*\s*{_ZH_SPAN}"
    rf"|(?:排队|等待|处理|生成|剩余)(?:时间|时长)(?:预计|大概|大约|约|为|是|还有|：|:|在)*\s*{_ZH_SPAN}"
)
_ZH_REPAIR = re2.compile(
    rf"(?:会|将|可以?|能|保证|承诺|一定|预计|争取){_ZH_GAP}{_ZH_WHEN}{_ZH_GAP}(?:修复|修好|解决)"
    rf"|(?:保证|承诺|一定){_ZH_GAP}{_ZH_WHEN}{_ZH_GAP}恢复|{_ZH_WHEN}(?:修好|修复(?:好|完))"
)
_HARMLESS = re2.compile(
    r"(?i)\bas\s+soon\s+as\b|\bready\s+to\b|\bat\s+least\s+[\w.]+\s+\w+"
    r"|至少\s*\S{1,6}?(?:秒|分钟|小时|天)|尽快|间隔|每隔?\s*\S{1,4}?(?:秒|分钟|小时)"
    rf"|(?:请(?:您|先|至少)?|已经?)(?:等待|排队)|{_ZH_SPAN}\s*[之以]?前"
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
        for found in _promises(blanked(_HARMLESS, sentence.text)):
            place = Span(sentence.start + found.start, sentence.start + found.end)
            yield Objection(PROMISES_TIME, place, REASON, SUGGESTION)
        for found in _repairs(blanked(_HARMLESS, sentence.text)):
            place = Span(sentence.start + found.start, sentence.start + found.end)
            yield Objection(PROMISES_TIME, place, REPAIR_REASON, REPAIR_SUGGESTION)


def _promises(said: str) -> Iterator[Span]:
    for found in _FIRM_PROMISE.finditer(said):
        yield Span(found.start(), found.end())
    for pattern in (_PROMISE, _ZH_PROMISE):
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
