"""English sentences that ask for a secret key.

First everything harmless that mentions a key is blanked: its last four characters, its owner, "with the key
removed". Then each verb or phrase that asks is followed word by word to a key, unless a word on the way turns
to something else ("send us the request id and check whether the key …").
"""

from collections.abc import Iterator

import re2

from ..evidence import Span
from .sentence import blanked

_KIND = (
    r"(?:(?:api|secret|access|private|auth|authentication|authorization|bearer|gateway|account|admin"
    r"|login|sk)"
    r"[\s_-]+|api)*"
)
_KEY = (
    rf"(?:{_KIND}(?:keys?|token|secrets?|credentials?|passwords?|passcode|passphrase)"
    r"|(?:api|access|bearer|auth)[\s_-]?tokens|authorization header|sk-)\b"
)
_ADJECTIVE = (
    r"(?:your|the|this|that|his|her|their|its|these|those|any|both|each|full|complete|whole|entire|actual"
    r"|real|"
    r"raw|exact|current|new|old|own|unmasked|plain|original|working|failing|affected|copy|of|and"
    r"|customer['’]s|"
    r"user['’]s|client['’]s|team['’]s|account['’]s|company['’]s|openai|anthropic|provider|upstream)"
)
_ABOUT_IT = (
    r"(?:owner|name|id|ids|label|group|fingerprint|prefix|limit|quota|balance|expiry|expiration|state|status|"
    r"type|length|format|settings?|list|page|usage|permissions?|rotation|count|counts|numbers?|budget|holder|"
    r"suffix|ending|ends|end|details? page|creation date|users?)"
)
_LAST_FOUR = (
    r"(?:(?:only|just)\s+)?(?:(?:the|its|their)\s+)?(?:last|final)\s+(?:four|4|few)"
    r"(?:\s+(?:characters|letters|digits|chars|signs|symbols))?"
)
_HARMLESS = re2.compile(
    r"(?i)"
    rf"(?:{_LAST_FOUR}|\b(?:name|owner|holder|group|id|label|expiry date|expiry|state|status|limit|prefix"
    rf"|type"
    r"|length|format|ending|end|fingerprint|first characters|user|creation date|age|budget|quota)s?)"
    rf"\s+of\s+(?:{_ADJECTIVE}\s+)*{_KEY}"
    rf"|\b{_KEY}['’]s?\s+(?:{_LAST_FOUR}|{_ABOUT_IT}\b)"
    rf"|\b{_KEY}\s+{_ABOUT_IT}\b"
    rf"|\b{_KEY}\s*(?:[(,:]|[–—-]+|[(]?by|with)?\s*{_LAST_FOUR}"
    rf"|\b{_KEY}\s+(?:ending|that ends|which ends)\b"
    rf"|\b{_KEY}\s+(?:(?:is|are|was|being|has been|itself|fully|properly|already)\s+)*"
    r"(?:removed|masked|redacted|hidden|blanked|blacked|crossed|starred|replaced|omitted|obscured|left out"
    r"|taken out|cut out|stripped)\b"
    r"|\b(?:without|minus|excluding|except(?: for)?|but not|apart from|other than|not|never)"
    rf"\s+(?:{_ADJECTIVE}\s+)*{_KEY}"
    r"|\b(?:remove|removing|mask|masking|redact|redacting|hide|hiding|blank|blanking|replace|replacing|strip"
    r"|stripping|black out|cross out|leave out|omit|omitting|cut)\s+(?:out\s+)?"
    rf"(?:{_ADJECTIVE}\s+)*{_KEY}"
    r"|\b(?:called|made|sent|signed|fetched|returned|refused|listed|failing|failed)\s+(?:with|by|for|under)"
    rf"\s+(?:{_ADJECTIVE}\s+)*{_KEY}"
    r"|\bmax_(?:completion_)?tokens\b|\btoken (?:count|usage|limit|number|total)s?\b"
)

_STRONG = (
    r"(?:(?:re)?send(?:\s+(?:over|across))?|share|provide|give|tell|e-?mail|forward|supply|submit|post"
    r"|disclose"
    r"|reveal|attach|upload|dm|pm|message|hand(?:\s+over)?|pass\s+(?:on|along)|include|quote|append"
    r"|(?:reply|respond|answer|replying|responding|answering|write\s+back|get\s+back|come\s+back)"
    r"(?:\s+\w[\w-]*){0,4}?\s+with)"
)
_WEAK = (
    r"(?:paste|enter|put|type|copy|write|add|drop|show|leave|note|state|mention|fill\s+in|screenshot"
    r"|read\s+out|say)"
)
_GERUND = (
    r"(?:sending|sharing|providing|giving|forwarding|pasting|posting|e-?mailing|supplying|telling|submitting"
    r"|including|attaching|showing)"
)
_US = (
    r"(?:with\s+|to\s+)?"
    r"(?:us|me|support|(?:our|the)\s+(?:support|team|engineers?|technicians?|staff|desk)(?:\s+team)?)\b"
)
_TO_US = re2.compile(
    rf"(?i)\b(?:to|with|for|at)\s+{_US}"
    r"|\b(?:here|below)\b"
    r"|\b(?:in|on|as|into|to|under)\s+(?:your|the|a|an|this|my|our|next)\s+(?:next\s+|same\s+|private\s+)?"
    r"(?:reply|answer|response|message|ticket|e-?mail|chat|thread|comment|form|conversation|attachment"
    r"|note|box)\b"
    r"|\b(?:by|via|through|over|per)\s+(?:an?\s+|private\s+|direct\s+|secure\s+)*"
    r"(?:e-?mail|mail|chat|dm|pm|message|phone|reply|ticket|whatsapp|wechat|telegram|slack)\b"
    r"|\bback\s+to\s+us\b"
)
_ELSEWHERE = re2.compile(
    r"(?i)\b(?:in|into|to|as|through|via|with|at|under|inside|from|on)\s+(?:the|your|an?|its|this|each"
    r"|every|all|both)?\s*"
    r"(?:[\w.'’-]+\s+){0,3}?"
    r"(?:settings?|headers?|clients?|consoles?|config\w*|env\w*|variables?|\.env|programs?|apps?"
    r"|applications?|gateways?|"
    r"requests?|fields?|curl|sdks?|body|servers?|base\s+url|tools?|proxy|proxies|code|bearer|terminal"
    r"|shell|file|"
    r"parameter|colleagues?|others|anyone|anybody|integrations?|plugins?|extensions?|editor|dashboard"
    r"|authorization|"
    r"x-api-key|once|quotes|call|calls|postman|vault|manager)\b"
    r"|^\s+(?:an?|another|more|its|access|permission)\s"
)
_ALWAYS_TO_US = frozenset({"attach", "upload", "dm", "pm"})

_ASKS = (
    r"(?:can|could|may|might|shall)\s+(?:we|i)\s+(?:please\s+|also\s+|just\s+|perhaps\s+)*"
    r"(?:have|get|see|take\s+a\s+look\s+at|look\s+at|know|ask\s+(?:you\s+)?for|borrow|use)"
    r"|let\s+(?:us|me)\s+(?:have|see|know|get)"
    r"|(?:we|i)(?:['’](?:ll|d))?\s+"
    r"(?:(?:will|would|do|also|just|still|only|really|now|first|may|might|must|then|therefore|urgently"
    r"|kindly|all)\s+)*"
    r"(?:need|require|want|request|would\s+like|like|ask(?:\s+you)?\s+for|are\s+asking\s+(?:you\s+)?for)"
    r"(?:\s+to\s+(?:see|have|know|get|obtain|look\s+at|receive))?(?:\s+access\s+to)?"
    r"|(?:what|all)\s+(?:we|i)\s+(?:still\s+)?need(?:\s+from\s+you|\s+now)?\s+(?:is|are)"
    r"|(?:missing|needed|required|still\s+open)\s+(?:is|are)"
    rf"|(?:you\s+)?mind\s+{_GERUND}"
    r"|(?:tell|let)\s+(?:us|me)\s+(?:know\s+)?what"
)
_HEAD = re2.compile(
    rf"(?i)\b(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK})|(?P<gerund>{_GERUND})|(?P<asks>{_ASKS}))\b"
)
_RECIPIENT = re2.compile(rf"(?i)\s+(?:(?:back|over|it|this)\s+)?{_US}")
_DIRECT = re2.compile(rf"(?i)(?:\s+(?:it|this|them))?\s*[:,]?\s*(?:{_ADJECTIVE}\s+)*{_KEY}")
_REACH = re2.compile(rf"(?i)(?P<between>(?:[\s,:(]+[^\s,]{{1,40}}){{0,12}}?[\s,:(]+)(?P<key>{_KEY})")
_LISTED = re2.compile(
    rf"(?i)(?:,|\b(?:and|including|incl\.|plus|together\s+with|along\s+with"
    rf"|as\s+well\s+as))\s+(?:{_ADJECTIVE}\s+)*$"
)
_TURNS_AWAY = re2.compile(
    r"(?i)\b(?:check|try|use|using|replace|see|whether|if|which|who|when|where|since|because|so|then"
    r"|create|make"
    r"|restart|is|are|was|were|works?|has|have|had|belongs?|another|how|why|compare|look|without|not"
    r"|never|no|but"
    r"|except|instead|rotate|revoke|delete|regenerate|reset|once|after|before|until|while|extend|keep"
    r"|test|verify"
    r"|change|choose|open|start|stop|call|fetch|list|you|they|lives|same|add|put|enter|paste|type|write"
    r"|fill)\b"
)
_NOT_WITHOUT = re2.compile(
    rf"(?i)\b(?:we|i)\s+(?:cannot|can\s*not|can['’]?t|are\s+unable\s+to"
    rf"|am\s+unable\s+to)\s+(?:[\w,]+\s+){{1,6}}?"
    rf"without\s+(?:{_ADJECTIVE}\s+)+{_KEY}"
)
_QUESTION = re2.compile(
    rf"(?i)\b(?:what|which)(?:['’]s|\s+is|\s+are|\s+was)\s+(?:{_ADJECTIVE}\s+)+{_KEY}"
    r"(?:\s*[?,.]|\s*$|\s+(?:you|that\s+you|in\s+use|please)\b)"
    rf"|\bwhat\s+(?:{_ADJECTIVE}\s+)*{_KEY}\s+(?:are|do|did|were)\s+you\b"
    rf"|\b(?:can|could|would|will)\s+you\s+(?:please\s+|just\s+)?paste(?:\s+in)?\s+(?:{_ADJECTIVE}\s+)*{_KEY}"
    r"\s*(?:[?.,]|$)"
    rf"|^\s*(?:and\s+)?(?:please\s*,?\s*)?(?:your|the)\s+(?:{_ADJECTIVE}\s+)*{_KEY}\s*,?\s*please\b"
    rf"|\b{_KEY}\s+(?:is|are|will\s+be)\s+(?:also\s+)?(?:needed|required|necessary)\s+"
    r"(?:by\s+us|for\s+(?:us|our|the|this)\s+(?:to|analysis|investigation|check|test)|to\s+(?:investigate"
    r"|check|look|help))"
)
_REFUSED = re2.compile(
    r"(?i)\b(?:never|not|n['’]t|don['’]?t|won['’]?t|cannot|without|no\s+need|no\s+reason|avoid|refrain"
    r"|instead\s+of|rather\s+than|stop|"
    r"nobody|no\s+one|nor|neither|before)"
    r"(?:[\s,]+(?:to|from|ever|please|need|needs|have|has|ask|asks|asking|asked|want|require|requires"
    r"|request|you|us|anyone|"
    r"anybody|for|be|should|must|will|would|or|and|also|even|simply|by|publicly|directly|customers?|here"
    r"|at|support|"
    r"our|the|team|of|staff|in|your|full|accidentally|with|"
    rf"{_STRONG}|{_WEAK}|{_GERUND}))*[\s,]*$"
)
_STATEMENT = re2.compile(
    r"(?i)\b(?:that|which|who|they|clients?|programs?|apps?|applications?|it|services?|requests?|"
    r"headers?|sdks?|libraries|people|providers?|gateways?|servers?|browsers?|proxies|must"
    r"|to\s+be)\s+(?:(?:must|should|will|can|may|also|often|usually|always|has\s+to|have\s+to"
    r"|needs?\s+to)\s+)*$"
)
_LEAD = re2.compile(rf"(?i)\b(?:{_STRONG}|{_ASKS}|need|require)\b[^:]*:\s*$")
_ITEM = re2.compile(
    rf"(?i)^\s*(?:and\s+)?(?:also\s+)?(?:{_ADJECTIVE}\s+)*{_KEY}(?:\s*(?:[,.;(]|$)|\s+(?:you|that|in|used"
    rf"|and)\b)"
)


def key_requests(sentence: str) -> Iterator[Span]:
    """The words that ask for a key, in one sentence."""
    text = blanked(_HARMLESS, sentence)
    for question in (*_NOT_WITHOUT.finditer(sentence), *_QUESTION.finditer(text)):
        yield Span(question.start(), question.end())
    for head in _HEAD.finditer(text):
        end = _asked_until(text, head)
        if end and not _REFUSED.search(text[: head.start()]):
            yield Span(head.start(), end)


def leads_to_a_list(sentence: str) -> bool:
    found = _LEAD.search(sentence)
    return found is not None and not _REFUSED.search(sentence[: found.start()])


def listed_key(item: str) -> Span | None:
    """The key, where a list item is one: `2. your API key`."""
    found = _ITEM.search(blanked(_HARMLESS, item))
    return Span(found.start(), found.end()) if found else None


def _asked_until(text: str, head: "re2._Match[str]") -> int | None:
    """Where the key ends that this verb asks for, or None when it asks for none."""
    recipient = None if head.group("asks") else _RECIPIENT.match(text, head.end())
    reach = _reach(text, recipient.end() if recipient else head.end())
    if reach and (head.group("asks") or recipient or _goes_to_us(text, head, reach)):
        return int(reach.end())
    if not head.group("strong") or _STATEMENT.search(text[: head.start()]):
        return None
    named = _DIRECT.match(text, head.end()) or (reach if _is_listed(reach) else None)
    return None if named is None or _ELSEWHERE.search(_after(text, named.end())) else int(named.end())


def _reach(text: str, start: int) -> "re2._Match[str] | None":
    """From the verb to the key, unless a word on the way turns to something else."""
    found = _REACH.match(text, start)
    if found is None or _TURNS_AWAY.search(found.group("between")):
        return None
    return found


def _goes_to_us(text: str, head: "re2._Match[str]", reach: "re2._Match[str]") -> bool:
    if head.group().lower() in _ALWAYS_TO_US:
        return True
    return bool(_TO_US.search(reach.group("between")) or _TO_US.search(_after(text, reach.end())))


def _is_listed(reach: "re2._Match[str] | None") -> bool:
    """The key is the last of several things asked for: `the model, the time and your key`."""
    return reach is not None and bool(_LISTED.search(reach.group("between")))


def _after(text: str, end: int) -> str:
    return text[end : end + 80]
