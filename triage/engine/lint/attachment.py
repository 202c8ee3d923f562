"""A reply that speaks of a file which is not there: "see attached", 见附件."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import NO_ATTACHMENT, Objection
from .sentence import blanked

REASON = Words("This speaks of a file, and none is attached.", "这里提到了附件，但没有附上文件。")
SUGGESTION = Words(
    "Attach the file or take the words out. Send again if it is right as it stands.",
    "请附上文件，或删去这句话。确认无误可再次点击发送。",
)

_FILE = (
    r"(?:files?|logs?|screen\s?shots?|images?|pictures?|photos?|pdfs?|documents?|traces?|tracebacks?|reports?|archives?"
    r"|zips?|tables?|lists?|scripts?|examples?|sheets?|exports?|captures?|dumps?|hars?)"
)
_ZH_FILE = r"(?:日志|文件|截图|截屏|图片|文档|报告|表格|压缩包|附图|脚本)"
# What stands in code or is quoted from the customer is not ours.
_NOT_OURS = re2.compile(r"(?s)```.*?(?:```|$)|`[^`\n]+`|(?m:^>.*$)")
# The reader's files, files that are asked for or missing, and what hangs on a key.
_HARMLESS = re2.compile(
    r"(?i)\b(?:you|they|he|she|customer)(?:['’]ve|\s+have|\s+had|\s+has)?\s+(?:also\s+|already\s+|just\s+)?attached\b"
    r"|\byour\s+(?:\w+\s+)?attach(?:ed|ments?)\b"
    r"|\b(?:no|nothing|not|never|without|if|whether|unless|when|once)(?:\s+[\w'’]+){0,4}?\s+attached\b|n['’]t\s+attached\b"
    rf"|\b(?:with|has|had|having|any|each|every|many|several)\s+(?:an?|one|more)\s+(?:\w+\s+)?{_FILE}\s+attached\b"
    r"|\battached\s+to\s+(?:your|their|its|his|her|each|every|any|an?|one|another|which|that|it)\b"
    r"|\battached\s+to\s+(?:the|this|these)\s+(?:\w+\s+)?(?:keys?|accounts?|groups?|requests?|models?|channels?|users?"
    r"|calls?|prompts?|projects?|plans?|teams?|organi[sz]ations?)\b"
    r"|\b(?:the|this|that)\s+(?:\w+\s+)?(?:polic(?:y|ies)|limits?|budgets?|rules?|groups?|permissions?|quotas?)\s+attached\b"
    rf"|\battached\s+{_FILE}\s+(?:of\s+yours|from\s+you|in\s+your\s+(?:message|mail|ticket|reply))\b"
    r"|\b(?:no|without|any)\s+(?:an?\s+)?attachments?\b"
    r"|\battachments?\s+(?:(?:that|which)\s+)?(?:you|(?:in|of|from|to)\s+your)\b"
    r"|(?:^|[.!?:;,]\s+|\b(?:please|you|to|and|can|could)\s+)(?:also\s+)?(?:send|upload|add|post|share|provide|forward|mail)\b"
    r"[^.!?\n]{0,60}?\s(?:as|in)\s+(?:an?\s+)?attachments?\b"
    r"|\benclosed\s+(?:in|by|with|within|between)\s+(?:\w+\s+)?(?:quot\w+|brac\w+|parenthes[ei]s|backticks?|tags?"
    r"|apostrophes?|marks?)\b"
    r"|(?:您|你|客户|用户)(?:们)?[^。！？；，,\n]{0,8}?(?:附上|附带|附加|附件|附图)"
    r"|(?:没有?|未|无|不|别|勿|如果|是否)[^。！？；，,\n]{0,8}?(?:附上|附带|附加|附件)"
    r"|请[^。！？；，,\n]{0,20}?(?:附上|(?:作为|以|用|通过)附件)"
)
_SPEAKS_OF_FILE = re2.compile(
    r"(?i)\b(?:attachments?|enclosed)\b"
    r"|\b(?:(?:i|we)(?:['’]ve|\s+have)?|has\s+been|have\s+been|is|are|see|find|as)"
    r"\s+(?:(?:the|also|just|now|already|here)\s+)*attached\b"  # not "attached files count too"
    r"|(?:^|[.!?:]\s+)attached\b"
    r"|\b(?:i|we)(?:['’]ll|\s+will)?\s+(?:also\s+|just\s+)?attach\b"
    r"|\b(?:i|we)(?:['’](?:m|re)|\s+am|\s+are)?\s+(?:also\s+|just\s+|now\s+)?attaching\b|(?:^|[.!?:]\s+)attaching\b"
    rf"|\b(?:the|this|these|an?|our|my|both|two)\s+attached\s+(?:[\w-]+\s+){{0,2}}?{_FILE}\b"
    rf"|\b{_FILE}\s+attached\b"
    r"|\b(?:find|see|have|get|here(?:['’]s|\s+is|\s+are))(?:\s+[\w'’-]+){1,5}?\s+attached\b"
    r"|\bsee\s+(?:the\s+|this\s+)?(?:file|screen\s?shot|picture|image)\b"
    r"|\bhere(?:['’]s|\s+is|\s+are|\s+comes?)\s+(?:the|an?|our|my)\s+(?:screen\s?shots?|log\s+files?|pdf|picture)\b"
    r"|(?:见|请看|附上|如|查看)(?:下方|下面|以下|随信)?(?:的)?(?:附件|附图|截图)|附件|见附图|随附|附后"
    r"|(?:已经?|现|特|我们?|随信|随函|随邮件|随本?邮件|在此|这里|另)(?:把|将)?[^。！？；，,\n]{0,10}?附上|附上了|附上的"
    rf"|(?:^|[。！？；\n])\s*附上[^。！？；，,\n]{{0,10}}[，,]?\s*(?:供|请(?:您)?查)"
    rf"|{_ZH_FILE}[^。！？；，,\n]{{0,6}}?请(?:您)?查收|请(?:您)?查收{_ZH_FILE}"
    r"|附在(?:本|这封|此)?(?:邮件|信|回复|后面|下面|下方|文末|这里|此处)"
    r"|如图(?:所示|，|,)|如下图|(?:见|看)(?:下|上|此)?图(?:[。，,；\s]|$)|(?:截图|截屏)如下"
)


def attachment_objections(text: str) -> Iterator[Objection]:
    """Every place that speaks of a file. Only for a reply without files."""
    ours = blanked(_HARMLESS, _NOT_OURS.sub(lambda found: " " * len(found.group()), text))
    for found in _SPEAKS_OF_FILE.finditer(ours):
        yield Objection(NO_ATTACHMENT, Span(found.start(), found.end()), REASON, SUGGESTION)
