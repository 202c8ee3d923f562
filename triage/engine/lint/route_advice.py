"""Advising another route before it is confirmed which group is affected."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import ADVISES_ROUTE, Objection
from .sentence import Sentence, blanked

REASON = Words(
    "This advises another route, and it is not confirmed yet which group is affected.",
    "这里建议切换线路，而受影响的分组尚未确认。",
)
SUGGESTION = Words(
    "Leave the route out until an engineer has confirmed the affected group.",
    "在工程师确认受影响的分组之前，不要提及线路。",
)

_NOUN = (
    r"(?:routes?|routing|channels?|lines?|upstreams?|nodes?|relays?|providers?|pools?|backends?"
    r"|deployments?)\b"
)
_OTHER = (
    r"(?:another|an?\s+(?:different|alternative|new|second|backup|better|faster|stable|working|healthy)"
    r"|(?:the\s+|one\s+of\s+the\s+|our\s+|some\s+)?"
    r"(?:other|backup|fallback|alternative|alternate|second|secondary|spare|reserve|healthy|working"
    r"|stable|premium|main|primary|new|different))"
)
_SWITCH = (
    r"(?:switch(?:ing)?|chang(?:e|ing)|mov(?:e|ing)|re-?rout(?:e|ing)|redirect(?:ing)?|fail(?:ing)?\s*over"
    r"|swap(?:ping)?|migrat(?:e|ing)|shift(?:ing)?|hop(?:ping)?|point(?:ing)?)"
)
_TAKE = (
    r"(?:use|using|try|trying|select|selecting|choose|choosing|pick|picking|take|taking|go\s+(?:through|via"
    r"|over)|send\s+\w+\s+(?:through|via|over)|route\s+\w+(?:\s+\w+)?\s+(?:through|via|over|to)"
    r"|connect\s+(?:through|via|to))"
)
_ADVICE = re2.compile(
    rf"(?i)\b{_SWITCH}\s+(?:(?:your|the|this|all|its|over|it|traffic|requests?|them|to|at|from|on|onto"
    rf"|through|via|model|account|key|group|calls)\s+)*"
    rf"(?:{_OTHER}\s+)?(?:[\w-]+\s+)?{_NOUN}"
    rf"|\b{_TAKE}\s+(?:on\s+|of\s+)?{_OTHER}\s+(?:[\w-]+\s+)?{_NOUN}"
    r"|\bset\s+(?:your|the)\s+(?:channel|route|line|node|upstream)\s+to\b"
    rf"|\b(?:use|try|select|choose|take)\s+(?:channel|route|line|node)\s+(?:[A-Z0-9]|no\.?)\w*\b"
)
_ZH_NOUN = r"(?:渠道|线路|通道|路由|节点|上游|链路|供应商|分流)"
_ZH_ADVICE = re2.compile(
    rf"(?:切换|切到|切至|切换到|切换至|换到|换成|换个|换一个|换一条|换条|换用|换|改用|改走|改为|改到|更换|调整到|迁移到|转到|转移到|切)"
    rf"(?:到|至|成|为|一下|您的|您|当前|其他|其它|别的|另一|另外|一个|一条|个|条|家|备用|新|的|可用|稳定|优质|官方"
    rf"|高速)*\s*[\w\p{{Han}}]{{0,4}}?{_ZH_NOUN}"
    rf"|(?:使用|用|走|试试|尝试|选择|选用|选)(?:一下|到)?(?:其他|其它|别的|另一个?|另一条|另外的?|备用|新的?|第二条?)(?:的|一条|一个|条|个"
    rf"|家)*\s*{_ZH_NOUN}"
    rf"|(?:把|将)?{_ZH_NOUN}(?:切换|切|换|改|更换|调整)(?:到|成|为|至|一下|掉)"
)
_HARMLESS = re2.compile(
    r"(?i)\b(?:last|first|next|command|header|subject|single|blank|each|every|raw|data|log|code)\s+lines?\b"
    r"|\b(?:a|each|every)\s+new\s+line\b|\blines?\s+of\b|\bprovider\s+types?\b|供应商类型|上游供应商(?:返回|提供|给出)"
)
_NOT_ADVICE = re2.compile(
    r"(?i)(?:\b(?:not|never|n['’]t|without|no\s+need|instead\s+of|rather\s+than|before|avoid|nobody"
    r"|may\s+not|whether|automatically|by\s+itself|itself|has|have|had|was|were)"
    r"(?:\s+(?:to|you|we|be|anyone|any|please|need|have|has|ask|advise|recommend|suggest|yet|simply|just"
    r"|try|been|already|for|switch|or|and))*\s*$)"
    r"|(?:不要|请勿|勿|不能|无需|不需要|不必|不用|不会|不建议|避免|尚未|没有|暂不|暂时不|是否|自动|先不|并未|之前不|不)[^，。；,;！？!?\n]{0,6}$"
)


def route_objections(text: tuple[Sentence, ...]) -> Iterator[Objection]:
    for sentence in text:
        said = blanked(_HARMLESS, sentence.text)
        for pattern in (_ADVICE, _ZH_ADVICE):
            for found in pattern.finditer(said):
                if not _NOT_ADVICE.search(said[: found.start()]):
                    place = Span(sentence.start + found.start(), sentence.start + found.end())
                    yield Objection(ADVISES_ROUTE, place, REASON, SUGGESTION)
