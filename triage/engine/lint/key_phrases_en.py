"""The English words with which a key is asked for, and those with which it is harmlessly mentioned."""

import re2

KIND = (
    r"(?:(?:api|secret|access|private|auth|authentication|authorization|bearer|gateway|account|admin"
    r"|login|sk)"
    r"[\s_-]+|api)*"
)
KEY = (
    rf"(?:(?:{KIND}(?:keys?|token|secrets?|credentials?|passwords?|passcode|passphrase)"
    r"|(?:api|access|bearer|auth)[\s_-]?tokens|authorization header)\b|\bsk-)"
)
ADJECTIVE = (
    r"(?:your|the|this|that|his|her|their|its|these|those|any|both|each|full|complete|whole|entire|actual"
    r"|real|"
    r"raw|exact|current|new|old|own|unmasked|plain|original|working|failing|affected|copy|of|and"
    r"|customer['’]s|"
    r"user['’]s|client['’]s|team['’]s|account['’]s|company['’]s|openai|anthropic|provider|upstream)"
)
ABOUT_IT = (
    r"(?:owner|name|id|ids|label|group|fingerprint|prefix|limit|quota|balance|expiry|expiration|state|status|"
    r"type|length|format|settings?|list|page|usage|permissions?|rotation|count|counts|numbers?|budget|holder|"
    r"suffix|ending|ends|end|details? page|creation date|users?)"
)
LAST_FOUR = (
    r"(?:(?:only|just)\s+)?(?:(?:the|its|their)\s+)?(?:last|final)\s+(?:four|4|few)"
    r"(?:\s+(?:characters|letters|digits|chars|signs|symbols))?"
)
HARMLESS = re2.compile(
    r"(?i)"
    rf"(?:{LAST_FOUR}|\b(?:name|owner|holder|group|id|label|expiry date|expiry|state|status|limit|prefix"
    rf"|type"
    r"|length|format|ending|end|fingerprint|first characters|user|creation date|age|budget|quota)s?)"
    rf"\s+of\s+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b{KEY}['’]s?\s+(?:{LAST_FOUR}|{ABOUT_IT}\b)"
    rf"|\b{KEY}\s+{ABOUT_IT}\b"
    rf"|\b{KEY}\s*(?:[(,:]|[–—-]+|[(]?by|with)?\s*{LAST_FOUR}"
    rf"|\b{KEY}\s+(?:ending|that ends|which ends)\b"
    rf"|\b{KEY}\s+(?:(?:is|are|was|being|has been|itself|fully|properly|already)\s+)*"
    r"(?:removed|masked|redacted|hidden|blanked|blacked|crossed|starred|replaced|omitted|obscured|left out"
    r"|taken out|cut out|stripped)\b"
    r"|\b(?:without|minus|excluding|except(?: for)?|but not|apart from|other than|not|never)"
    rf"\s+(?:{ADJECTIVE}\s+)*{KEY}"
    r"|\b(?:remove|removing|mask|masking|redact|redacting|hide|hiding|blank|blanking|replace|replacing|strip"
    r"|stripping|black out|cross out|leave out|omit|omitting|cut)\s+(?:out\s+)?"
    rf"(?:{ADJECTIVE}\s+)*{KEY}"
    r"|\b(?:called|made|sent|signed|fetched|returned|refused|listed|failing|failed)\s+(?:with|by|for|under)"
    rf"\s+(?:{ADJECTIVE}\s+)*{KEY}"
    r"|\bsk-[\w-]*(?:…|\.{3}|\*+)\w{2,6}\b"
    r"|\bmax_(?:completion_)?tokens\b|\btoken (?:count|usage|limit|number|total)s?\b"
)

STRONG = (
    r"(?:(?:re)?send(?:\s+(?:over|across))?|share|provide|give|tell|e-?mail|forward|supply|submit|post"
    r"|disclose"
    r"|reveal|attach|upload|dm|pm|message|hand(?:\s+over)?|pass\s+(?:on|along)|include|quote|append"
    r"|(?:reply|respond|answer|replying|responding|answering|write\s+back|get\s+back|come\s+back)"
    r"(?:\s+\w[\w-]*){0,4}?\s+with)"
)
WEAK = (
    r"(?:paste|enter|put|type|copy|write|add|drop|show|leave|note|state|mention|fill\s+in|screenshot"
    r"|read\s+out|say)"
)
GERUND = (
    r"(?:sending|sharing|providing|giving|forwarding|pasting|posting|e-?mailing|supplying|telling|submitting"
    r"|including|attaching|showing)"
)
US = (
    r"(?:with\s+|to\s+)?"
    r"(?:us|me|support|(?:our|the)\s+(?:support|team|engineers?|technicians?|staff|desk)(?:\s+team)?)\b"
)
TO_US = re2.compile(
    rf"(?i)\b(?:to|with|for|at)\s+{US}"
    r"|\b(?:here|below)\b"
    r"|\b(?:in|on|as|into|to|under)\s+(?:your|the|a|an|this|my|our|next)\s+(?:next\s+|same\s+|private\s+)?"
    r"(?:reply|answer|response|message|ticket|e-?mail|chat|thread|comment|form|conversation|attachment"
    r"|note|box)\b"
    r"|\b(?:by|via|through|over|per)\s+(?:an?\s+|private\s+|direct\s+|secure\s+)*"
    r"(?:e-?mail|mail|chat|dm|pm|message|phone|reply|ticket|whatsapp|wechat|telegram|slack)\b"
    r"|\bback\s+to\s+us\b"
)
ELSEWHERE = re2.compile(
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
ALWAYS_TO_US = frozenset({"attach", "upload", "dm", "pm"})

ASKS = (
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
    rf"|(?:you\s+)?mind\s+{GERUND}"
    r"|(?:tell|let)\s+(?:us|me)\s+(?:know\s+)?what"
)
HEAD = re2.compile(
    rf"(?i)\b(?:(?P<strong>{STRONG})|(?P<weak>{WEAK})|(?P<gerund>{GERUND})|(?P<asks>{ASKS}))\b"
)
RECIPIENT = re2.compile(rf"(?i)\s+(?:(?:back|over|it|this)\s+)?{US}")
DIRECT = re2.compile(rf"(?i)(?:\s+(?:it|this|them))?\s*[:,]?\s*(?:{ADJECTIVE}\s+)*{KEY}")
REACH = re2.compile(rf"(?i)(?P<between>(?:[\s,:(]+[^\s,]{{1,40}}){{0,12}}?[\s,:(]+)(?P<key>{KEY})")
LISTED = re2.compile(
    rf"(?i)(?:[,:]|\b(?:and|including|incl\.|plus|together\s+with|along\s+with"
    rf"|as\s+well\s+as))\s+(?:{ADJECTIVE}\s+)*$"
)
TURNS_AWAY = re2.compile(
    r"(?i)\b(?:check|try|use|using|replace|see|whether|if|which|who|when|where|since|because|so|then"
    r"|create|make"
    r"|restart|is|are|was|were|works?|has|have|had|belongs?|another|how|why|compare|look|without|not"
    r"|never|no|but"
    r"|except|instead|rotate|revoke|delete|regenerate|reset|once|after|before|until|while|extend|keep"
    r"|test|verify"
    r"|change|choose|open|start|stop|call|fetch|list|you|they|lives|same|add|put|enter|paste|type|write"
    r"|fill)\b"
)
NOT_WITHOUT = re2.compile(
    rf"(?i)\b(?:we|i)\s+(?:cannot|can\s*not|can['’]?t|are\s+unable\s+to"
    rf"|am\s+unable\s+to)\s+(?:[\w,]+\s+){{1,6}}?"
    rf"without\s+(?:{ADJECTIVE}\s+)+{KEY}"
)
QUESTION = re2.compile(
    rf"(?i)\b(?:what|which)(?:['’]s|\s+is|\s+are|\s+was)\s+(?:{ADJECTIVE}\s+)+{KEY}"
    r"(?:\s*[?,.]|\s*$|\s+(?:for|of|you|that\s+you|in\s+use|please)\b)"
    rf"|\bwhat\s+(?:{ADJECTIVE}\s+)*{KEY}\s+(?:are|do|did|were)\s+you\b"
    rf"|\b(?:can|could|would|will)\s+you\s+(?:please\s+|just\s+)?paste(?:\s+in)?\s+(?:{ADJECTIVE}\s+)*{KEY}"
    r"\s*(?:[?.,]|$)"
    rf"|^\s*(?:and\s+)?(?:please\s*,?\s*)?(?:your|the)\s+(?:{ADJECTIVE}\s+)*{KEY}\s*,?\s*please\b"
    rf"|\b{KEY}\s+(?:is|are|will\s+be)\s+(?:also\s+)?(?:needed|required|necessary)\s+"
    r"(?:by\s+us|for\s+(?:us|our|the|this)\s+(?:to|analysis|investigation|check|test)|to\s+(?:investigate"
    r"|check|look|help))"
)
# A picture, a copy or a dump of the key is the key.
PICTURE = (
    r"(?:screen\s?-?shots?|screen\s+(?:capture|recording)s?|photos?|photographs?|pictures?|pics?|images?|snapshots?|scans?|videos?"
    r"|recordings?|cop(?:y|ies)|dumps?|exports?)"
)
PICTURED = re2.compile(
    rf"(?i)\b{PICTURE}\s+(?:of|with|showing|containing|including|that\s+(?:shows?|contains?)|which\s+(?:shows?|contains?))"
    rf"\s+(?:both\s+)?(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b{PICTURE}\s+(?:[\w-]+\s+){{0,6}}?(?:shows?|showing|contains?|containing|with|see|read)\s+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b{PICTURE}\b[^.!?;:]{{0,60}}?\b(?:where|in\s+which|on\s+which|so\s+that|with)\s+(?:(?:we|i|one)\s+(?:can\s+)?(?:see|read)\s+)?"
    rf"(?:{ADJECTIVE}\s+)*{KEY}(?:\s+(?:is|can\s+be|being))?\s+(?:fully\s+|clearly\s+)?(?:visible|readable|shown|seen|unmasked|in\s+full)\b"
    rf"|\b(?:show|reveal|copy|unmask|unhide|export)\s+(?:{ADJECTIVE}\s+)*{KEY}\b[^.!?;]{{0,40}}?\b(?:send|upload|attach|share|post)\b"
    rf"[^.!?;]{{0,20}}?\b(?:{PICTURE}|it|them|us|here)\b"
)
# Around a picture: somebody asks for it. "Your key is visible in the screenshot" asks for nothing.
WANTS_PICTURE = re2.compile(
    rf"(?i)\b(?:{STRONG}|{WEAK}|{GERUND}|{ASKS}|take|make|grab|get|snap|record|please|kindly|would\s+(?:also\s+)?help"
    r"|helps?\s+us|is\s+(?:useful|helpful|needed|required|enough)|would\s+be\s+(?:useful|helpful|great|good))\b"
)
NO_PICTURE = re2.compile(
    r"(?i)\b(?:never|not|no|n['’]t|without|nobody|avoid|stop|instead\s+of|rather\s+than|you\s+(?:sent|posted|attached|uploaded))\b"
    r"|n['’]t\b|\b(?:masked|redacted|hidden|removed|blanked|blurred|covered|blacked)\b"
)
# Asked for without a verb that sends: "I'd try it with your key", "keep the key in the log".
INDIRECT = re2.compile(
    rf"(?i)\b(?:let\s+(?:me|us)|(?:may|can|could|shall)\s+(?:i|we)|(?:i|we)(?:['’]ll|\s+(?:will|would|could|want\s+to|would\s+like\s+to)))"
    rf"\s+(?:\w+\s+){{0,2}}?(?:try|test|check|reproduce|log\s+in|sign\s+in|work|call|run)(?:\s+\w+){{0,3}}?\s+with\s+"
    rf"your\s+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\byour\s+(?:{ADJECTIVE}\s+)*{KEY}\s+(?:would|could|will)\s+(?:also\s+)?(?:help|be\s+(?:useful|helpful|needed|great|good|required))\b"
    rf"|\b(?:useful|helpful|great|good|best|easier|faster|easiest|nice)\s+(?:for\s+us\s+)?(?:to\s+(?:have|get|see|know)|if\s+we\s+(?:had|have|get|got"
    rf"|knew|could\s+see))\s+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b(?:love|glad|happy)\s+to\s+(?:see|have|get)\s+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b(?:read|spell|dictate)\s+(?:(?:me|us|out|to\s+me|to\s+us)\s+)+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b(?:going\s+to|will|would|have\s+to)\s+need\s+(?:to\s+(?:see|have|know)\s+)?(?:{ADJECTIVE}\s+)*{KEY}\s*(?:[.,?!]|$|for\b|to\s+(?:check|test|look|try))"
    rf"|\b(?:unmasked|unredacted|uncensored|unaltered)\s+\w+(?:\s+\w+)?\s+with\s+(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b(?:send|share|post|give|attach|upload|forward|include|provide)\b[^.!?;]{{0,40}}?\bwith\s+(?:{ADJECTIVE}\s+)*{KEY}\s+(?:\w+\s+)?"
    rf"(?:unmasked|unredacted|visible|readable|in\s+full|in\s+clear|in\s+it|left\s+in|inside)\b"
    rf"|\b(?:first|second|last|other|front)\s+(?:half|part|third|ten|twelve|twenty|10|12|16|20|32)\s+(?:(?:characters|letters|signs)\s+)?of\s+"
    rf"(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|\b(?:whole|full|complete|entire)\s+(?:string|thing|value|one)\b[^.!?;]{{0,20}}?\b(?:your|the)\s+(?:{ADJECTIVE}\s+)*{KEY}"
)
# "Do not mask it": the refusal asks.
UNMASKED = re2.compile(
    rf"(?i)\b(?:do\s+not|don['’]t|never|without|please\s+not|no\s+need\s+to)\s+"
    rf"(?:(?:mask|redact|blank|blur|shorten|obscur)(?:e|ing)?\s+(?:out\s+)?(?:{ADJECTIVE}\s+)*{KEY}"
    rf"|(?:remov|hid|strip|cut)(?:e|p|t)?(?:ing)?\s+(?:out\s+)?(?:{ADJECTIVE}\s+)*{KEY}"
    r"[^.!?;]{0,20}?\b(?:when|before|and)\s+(?:you\s+)?(?:send|post|attach|reply|upload))"
    rf"|\b(?:leave|keep)\s+(?:{ADJECTIVE}\s+)*{KEY}\s+(?:unmasked|visible|readable"
    r"|in\s+(?:the|your)\s+(?:log|screen\s?shot|command|mail|reply|trace|text|output|message)s?\b)"
)
REFUSED = re2.compile(
    r"(?i)\b(?:never|not|n['’]t|don['’]?t|won['’]?t|cannot|without|no\s+need|no\s+reason|avoid|refrain"
    r"|instead\s+of|rather\s+than|stop|"
    r"nobody|no\s+one|nor|neither|before)"
    r"(?:[\s,]+(?:to|from|ever|please|need|needs|have|has|ask|asks|asking|asked|want|require|requires"
    r"|request|you|us|anyone|"
    r"anybody|for|be|should|must|will|would|or|and|also|even|simply|by|publicly|directly|customers?|here"
    r"|at|support|"
    r"our|the|team|of|staff|in|your|full|accidentally|with|"
    rf"{STRONG}|{WEAK}|{GERUND}))*[\s,]*$"
)
STATEMENT = re2.compile(
    r"(?i)\b(?:that|which|who|they|clients?|programs?|apps?|applications?|it|services?|requests?|"
    r"headers?|sdks?|libraries|people|providers?|gateways?|servers?|browsers?|proxies|must"
    r"|to\s+be)\s+(?:(?:must|should|will|can|may|also|often|usually|always|has\s+to|have\s+to"
    r"|needs?\s+to)\s+)*$"
)
LEAD = re2.compile(rf"(?i)\b(?:{STRONG}|{ASKS}|need|require)\b[^:]*:\s*$")
ITEM = re2.compile(
    rf"(?i)^\s*(?:and\s+)?(?:also\s+)?(?:{ADJECTIVE}\s+)*{KEY}(?:\s*(?:[,.;(]|$)|\s+(?:you|that|in|used"
    rf"|and)\b)"
)
