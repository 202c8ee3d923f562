"""Blanks that nobody filled in: {model}, {{model}}, [NAME], ____, 【待填】."""

from bisect import bisect_right
from collections.abc import Iterator

import re2

from ..catalogue.replies import OTHER_PLACEHOLDERS
from ..evidence import FIELDS, Span
from ..verdict import Words
from .objection import PLACEHOLDER, Objection

REASON = Words("A blank is still open here.", "这里还有未填写的内容。")
SUGGESTION = Words("Fill it in, or take the sentence out.", "请填写，或删去这句话。")

KNOWN = frozenset(FIELDS) | OTHER_PLACEHOLDERS
_LABELS = "|".join(re2.escape(field.zh) for field in FIELDS.values())
_WORDS = (
    r"(?:your|insert|fill|enter|add|put|customer|client|user|model|name|date|time|amount|request|task|key"
    r"|account|agent|link|"
    r"url|company|product|number|email|e-mail|reason|details?|placeholder|blank|to\s+be|tbd|todo)"
)
_CODE = re2.compile(r"(?s)```.*?(?:```|$)|`[^`\n]+`")
_BRACES = re2.compile(
    r"\$?\{\{?\s*(?P<name>[A-Za-z_\p{Han}][\w\p{Han}.\- |]{0,40}?)\s*\}?\}|%\((?P<old>\w{1,40})\)s"
)
_BLANK = re2.compile(
    r"(?i:\[" + _WORDS + r"(?:[\s_/-][^\]\n]{0,40})?\])"
    r"|\[[A-Z][A-Z0-9]+(?:[ _-][A-Z0-9]+)*\]"
    r"|<(?:[A-Z][A-Z0-9]+(?:[ _-][A-Z0-9]+)*|(?i:" + _WORDS + r")[\s_-][^>\n]{1,40})>"
    r"|_{3,}|…{3,}|\.{6,}"
    r"|\b(?:TBD|TODO|FIXME|XXX+)\b|\bx{4,}\b"
    r"|[【〔［\[]\s*(?:(?:此处|这里|请|待)?\s*(?:待填|填写|填入|补充|待补|待定|待确认|占位|输入|插入)[^】〕］\]\n]{0,20}|(?:客户|用户|您的?"
    r"|您)?(?:姓名|名字|称呼|名称|公司|日期|金额|链接|(?:请求|任务|工单|订单)?编号|客户|"
    + _LABELS
    + r")|[Xx×*]{2,}|某某?)\s*[】〕］\]]"
    r"|[（(]\s*(?:待填|待补充?|待定|待确认|此处填写|请填写)[^）)\n]{0,12}[）)]"
    r"|(?i:[×某]{2,})"
)
# Square brackets that are quoted from machines and mean what they say.
_SPOKEN = frozenset(
    {"[DONE]", "[INFO]", "[WARN]", "[WARNING]", "[ERROR]", "[DEBUG]", "[ERR]", "[GIN]", "[SYS]", "[REDACTED]"}
)


def placeholder_objections(text: str) -> Iterator[Objection]:
    code = [Span(found.start(), found.end()) for found in _CODE.finditer(text)]
    for found in _BRACES.finditer(text):
        name = found.group("name") or found.group("old")
        if name in KNOWN or not (found.group().startswith("$") or _inside(code, found.start())):
            yield _objection(found.start(), found.end())
    for found in _BLANK.finditer(text):
        is_link = text[found.end() : found.end() + 1] in ("(", ":")
        if not (
            _inside(code, found.start()) or found.group() in _SPOKEN or (is_link and found.group()[0] == "[")
        ):
            yield _objection(found.start(), found.end())


def _inside(spans: list[Span], place: int) -> bool:
    number = bisect_right(spans, place, key=lambda span: span.start)
    return number > 0 and place < spans[number - 1].end


def _objection(start: int, end: int) -> Objection:
    return Objection(PLACEHOLDER, Span(start, end), REASON, SUGGESTION)
