"""Advising another route before it is confirmed which group is affected."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import ADVISES_ROUTE, Objection
from .sentence import Sentence, apart, blanked

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
    r"|fall(?:ing)?\s+back|divert(?:ing)?|flip(?:ping)?|swap(?:ping)?|migrat(?:e|ing)|shift(?:ing)?|hop(?:ping)?|point(?:ing)?)"
)
_TAKE = (
    r"(?:use|using|try|trying|select|selecting|choose|choosing|pick|picking|take|taking|go\s+(?:through|via"
    r"|over)|send\s+\w+\s+(?:through|via|over)|route\s+\w+(?:\s+\w+)?\s+(?:through|via|over|to)"
    r"|connect\s+(?:through|via|to))"
)
# Ways that only a route can be; "provider" and "backend" are settings of clients as well.
_WAY = r"(?:routes?|channels?|lines?|upstreams?|nodes?|relays?|pools?)\b"
_SPARE = r"(?:backup|fallback|failover|fail-over|standby|stand-by|spare|reserve|alternate|secondary|mirror|emergency)"
_MAKER = r"(?:azure|aws|amazon|bedrock|vertex(?:\s+ai)?|gcp|google|openai|anthropic|deepseek|openrouter)"
_MEANWHILE = (
    r"(?:for\s+now|for\s+the\s+(?:moment|time\s+being)|in\s+the\s+meantime|meanwhile|until|while|instead|temporarily"
    r"|as\s+a\s+workaround)\b"
)
_GO = (
    r"(?:use|using|try|trying|select|choose|pick|take|taking|go\s+(?:with|through|via|over|on)|(?:switch|move|change|fall"
    r"\s+back|fail\s+over)\s+(?:over\s+)?to)"
)
_ADVICE = re2.compile(
    rf"(?i)\b{_SWITCH}\s+(?:(?:your|the|this|all|its|over|it|traffic|requests?|them|to|at|from|on|onto"
    rf"|through|via|model|account|key|group|calls)\s+)*"
    rf"(?:{_OTHER}\s+)?(?:[\w-]+\s+)?{_NOUN}"
    rf"|\b{_TAKE}\s+(?:on\s+|of\s+)?{_OTHER}\s+(?:[\w-]+\s+)?{_NOUN}"
    r"|\bset\s+(?:your|the)\s+(?:channel|route|line|node|upstream)\s+to\b"
    rf"|\b(?:use|try|select|choose|take)\s+(?:channel|route|line|node)\s+(?:[A-Z0-9]|no\.?)\w*\b"
    rf"|\b{_GO}\s+(?:the|our)\s+[\w.-]+\s+(?:[\w.-]+\s+)?{_WAY}"
    rf"|\b(?:send|run|call|retry|resend|try|make|push)\s+(?:[\w']+\s+){{0,4}}?(?:through|via|over|on)\s+(?:the\s+|our\s+)?"
    rf"(?:[\w.-]+\s+){{1,2}}{_WAY}"
    rf"|\b(?:another|other|second|{_SPARE})\s+{_WAY}[^.!?;]{{0,40}}\b(?:use|take|try)\s+(?:it|that|this)\b"
    rf"|\b{_WAY}\s+(?:works|is\s+fine|is\s+healthy)[^.!?;]{{0,40}}\b(?:use|take|try)\s+(?:it|that|this)\b"
    rf"|\b(?:channel|route|line|node)\b[^.!?;]{{0,30}}\b(?:take|use|try)\s+the\s+(?:second|other|next)\s+one\b"
)
# A spare address, a spare group, or a provider's own name leads around the broken route as well.
_AROUND = re2.compile(
    rf"(?i)\b(?:{_GO}|point|pointing|set|change|changing)\b(?:\s+[\w']+){{0,5}}?\s+{_SPARE}\s+"
    r"(?:endpoint|domain|gateway|host|address|base\s+url|url|region|site|server|entry|group)s?\b"
    rf"|\b(?:set|switch|change|move|put|assign|use|pick|select|try)\b(?:\s+[\w']+){{0,5}}?\s+groups?\s+(?:to\s+|of\s+|called\s+"
    rf"|named\s+)?(?:[\w]+[-_])?{_SPARE}\b"
    rf"|\b(?:switch|move|put|assign|use|pick|select|try)\b(?:\s+[\w']+){{0,5}}?\s+[\w]*[-_]?{_SPARE}(?:[-_]\w+)?\s+group\b"
    rf"|\b(?:switch|set|move|change|use|try|pick|select)\b(?:\s+[\w']+){{0,5}}?\s+group\b(?:\s+[\w-]+){{0,6}}?\s+{_MEANWHILE}"
    r"|\b(?:get|go|route|rout(?:es|ing)|steer|leads?)\s+(?:\w+\s+)?around\s+(?:the|this)\s+(?:\w+\s+)?(?:outage|incident|fault|trouble|problem|failure|breakdown)\b"
    r"|\b(?:bypass|avoid|circumvent|sidestep|dodge)(?:es|s|ing)?\s+(?:the|this)\s+(?:\w+\s+)?"
    r"(?:outage|incident|breakdown|route|channel|upstream)\b"
    rf"|\b(?:switch|fall\s+back|fail\s+over|move|go\s+over|change|rout(?:e|ing)(?:\s+\w+)?)\s+(?:over\s+)?(?:to|via|through)\s+{_MAKER}\b"
    rf"|\b{_GO}\s+(?:the\s+)?(?:\w+[-_])?{_SPARE}(?:[-_]\w+)?\s+{_MEANWHILE}"
    rf"|\b{_GO}\s+our\s+(?:other|second|new)\s+(?:gateway|endpoint|domain|host|address)\b"
    rf"|\b(?:use|try|take)\s+{_MAKER}(?:\s+\w+)?\s+{_MEANWHILE}|\b(?:via|through)\s+{_MAKER}\s+{_MEANWHILE}"
)
_ZH_NOUN = r"(?:渠道|线路|通道|路由|节点|上游|链路|供应商|分流)"
_ZH_ADVICE = re2.compile(
    rf"(?:切换|切到|切至|切换到|切换至|换到|换成|换个|换一个|换一条|换条|换用|换|改用|改走|改为|改到|更换|调整到|迁移到|转到|转移到|切)"
    rf"(?:到|至|成|为|一下|您的|您|当前|其他|其它|别的|另一|另外|一个|一条|个|条|家|备用|新|的|可用|稳定|优质|官方"
    rf"|高速)*\s*[\w\p{{Han}}]{{0,4}}?{_ZH_NOUN}"
    rf"|(?:使用|用|走|试试|尝试|选择|选用|选)(?:一下|到)?(?:其他|其它|别的|另一个?|另一条|另外的?|备用|新的?|第二条?)(?:的|一条|一个|条|个"
    rf"|家)*\s*{_ZH_NOUN}"
    rf"|(?:把|将)?{_ZH_NOUN}(?:切换|切|换|改|更换|调整)(?:到|成|为|至|一下|掉)"
    rf"|(?:请|先|可以|建议|推荐|试试|尝试|不妨|麻烦)(?:您|你)?(?:先|改|直接|暂时|使用)?(?:走|用|使用|选择?|选用)[^。！？；，,\n]{{0,10}}?{_ZH_NOUN}"
    rf"|^(?:走|用|选|选择)[^。！？；，,\n的了]{{1,10}}?(?:渠道|线路|通道|链路)"
)
_ZH_MAKER = (
    r"(?:Azure|AWS|Bedrock|Vertex|OpenAI|Anthropic|DeepSeek|OpenRouter|微软|亚马逊|谷歌|阿里云|火山|百炼)"
)
_ZH_AROUND = re2.compile(
    r"(?i)(?:用|使用|改用|换到|换成|切到|切换到|切换至|走|改为|改成|选择?)(?:一下|我们的?)?备用的?(?:域名|地址|接口|入口|网关|站点|分组|服务器)"
    r"|分组(?:切换|切|换|改|更换|调整|设置?)(?:到|成|为|至)[^。！？；，,\n]{0,12}?(?:backup|fallback|failover|备用|[^。！？；\n]{0,12}(?:绕|避)(?:开|过))"
    r"|(?:切换|切|换|改|更换|调整)(?:到|成|为|至|一个|个|一下)?(?:其他|其它|别的|另一个?|备用)?的?分组(?:试|先用|用着|再试|到|为|至|成|应急|过渡)"
    r"|(?:先|暂时|临时|暂且)[^。！？；，,\n]{0,10}?分组(?:切换|切|换|改|更换|调整|设置?)(?:到|成|为|至)"
    r"|分组(?:切换|切|换|改|更换|调整|设置?)(?:到|成|为|至)[^。！？；，,\n]{1,16}?[，,]?\s*(?:后?再?试|先用|后重试)"
    r"|(?:试试|先用|暂时用|临时用)(?:其他|其它|别的|另一个?|备用)的?分组"
    r"|(?:绕|避)(?:开|过)[^。！？；，,\n]{0,8}?(?:故障|中断|问题|线路|渠道|通道|上游)"
    rf"|(?:切换?|换|改)(?:到|成|至)[^。！？；，,\n]{{0,8}}?(?:备用(?:的|那)|(?:那|这)(?:条|个|家){_ZH_NOUN})"
    rf"|(?:切换?到|切换?至|改走|换到|换成|改用|转到|先走|请走|建议走|可以走)\s*{_ZH_MAKER}"
)
_HARMLESS = re2.compile(
    r"(?i)\b(?:last|first|next|command|header|subject|single|blank|each|every|raw|data|log|code)\s+lines?\b"
    r"|\b(?:command|status|request|bottom|top|time|subject)\s+lines?\b|\b(?:same|right|correct|original|usual|current)\s+"
    r"(?:\w+\s+)?(?:routes?|channels?|lines?|upstreams?|nodes?)\b"
    r"|\b(?:support|slack|status|contact|discord|telegram|wechat|private|secure|sales|communication|news)\s+channels?\b"
    r"|分组下?的?(?:密钥|key|令牌)|\bkeys?\s+(?:of|in|from)\s+(?:a|another|any|that|the\s+right)\s+group\b"
    r"|\b(?:programs?|clients?|apps?|sdks?|libraries|tools?)\s+(?:then\s+|often\s+)?(?:fall|switch|change|go|move)\b"
    r"|\b(?:a|each|every)\s+new\s+line\b|\blines?\s+of\b|\bprovider\s+types?\b|供应商类型|上游供应商(?:返回|提供|给出)"
)
_NOT_ADVICE = re2.compile(
    r"(?i)(?:\b(?:not|never|n['’]t|without|no\s+need|instead\s+of|rather\s+than|before|avoid|nobody"
    r"|may\s+not|whether|automatically|by\s+itself|itself|has|have|had|was|were)"
    r"(?:\s+(?:to|you|we|be|anyone|any|please|need|have|has|ask|advise|recommend|suggest|yet|simply|just"
    r"|try|been|already|for|switch|or|and))*\s*$)"
    r"|(?:不要|请勿|勿|不能|无需|不需要|不必|不用|不会|不建议|避免|尚未|没有|暂不|暂时不|是否|自动|先不|并未|之前不|不)[^，。；,;！？!?\n]{0,6}$"
    r"|已(?:经|于)[^，。；,;！？!?\n]{0,10}$"
)


def route_objections(text: tuple[Sentence, ...]) -> Iterator[Objection]:
    for sentence in text:
        for found in apart(_advice(blanked(_HARMLESS, sentence.text))):
            place = Span(sentence.start + found.start, sentence.start + found.end)
            yield Objection(ADVISES_ROUTE, place, REASON, SUGGESTION)


def _advice(said: str) -> Iterator[Span]:
    for pattern in (_ADVICE, _AROUND, _ZH_ADVICE, _ZH_AROUND):
        for found in pattern.finditer(said):
            if not _NOT_ADVICE.search(said[: found.start()]):
                yield Span(found.start(), found.end())
