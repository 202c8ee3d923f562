"""The vague words themselves. A phrase that a number settles is no longer vague when one stands beside it."""

from dataclasses import dataclass

from ..verdict import Words


@dataclass(frozen=True, slots=True)
class Phrase:
    pattern: str
    instead: Words
    settled_by_measure: bool = False


_WHAT_HAPPENS = Words(
    "Write what comes back: status, error text, and how many of how many requests.",
    "写明返回了什么：状态码、报错内容，以及多少次请求中有多少次失败。",
)
_HOW_LONG = Words(
    "Write how long it takes and how long it used to take, in seconds.",
    "写明现在需要多少秒，平时需要多少秒。",
)
_HOW_OFTEN = Words(
    "Write how many of how many requests, in which time.",
    "写明在哪段时间内，多少次请求中有多少次。",
)
_HOW_MANY = Words(
    "Write the number, and the names or ids of two of them.",
    "写明具体数量，并列出其中两个的名称或 ID。",
)
_SINCE_WHEN = Words(
    "Write the last good time and the first failure, with the time zone.",
    "写明最后一次正常和第一次失败的时间，并注明时区。",
)
_WHICH_ONES = Words(
    "Name the ones that were tried and failed, and one that works.",
    "列出试过且失败的，以及一个正常的。",
)
_WHEN_NEXT = Words(
    "Write a time for the next review, and who does it.",
    "写明下次复核的时间和负责人。",
)
_WHAT_TRIED = Words(
    "List what was tried and what came of it, one line each.",
    "逐条写明试过什么、结果如何。",
)

PHRASES = (
    Phrase(
        r"\b(?:(?:do|does|did|is|are|was|were|will|has|have)(?:n['’]?t|\s+not)\s+(?:\w+\s+)?(?:work"
        r"|working|worked)"
        r"|won['’]?t\s+work|not\s+working|no\s+longer\s+works?|stop(?:s|ped)?\s+working|can(?:['’]?t|not"
        r"|\s+not)\s+(?:be\s+)?used?"
        r"|unusable|broken|breaks?|broke|messed\s+up|dead|crash(?:es|ed|ing)?|is\s+down|went\s+down"
        r"|are\s+down|goes\s+down"
        r"|acting\s+up|weird|strange|odd|funny|buggy|glitch(?:y|es)?|(?:has|have|having|had)\s+(?:an?\s+|some\s+)?(?:issues?|problems?|troubles?))\b",
        _WHAT_HAPPENS,
    ),
    Phrase(
        r"\b(?:(?:very|too|so|extremely|really|quite)\s+)?(?:slow(?:er|ly|ness)?|lagg?(?:y|ing|s)?"
        r"|sluggish|takes?\s+(?:forever|ages|too\s+long|very\s+long|a\s+long\s+time)"
        r"|hang(?:s|ing)?|stuck|freez(?:es|ing)|froze(?:n)?)\b",
        _HOW_LONG,
        settled_by_measure=True,
    ),
    Phrase(
        r"\b(?:sometimes|occasionally|intermittent(?:ly)?|randomly|sporadic(?:ally)?|(?:now"
        r"|every\s+now)\s+and\s+then|from\s+time\s+to\s+time"
        r"|(?:very\s+)?often|frequently|unstable|flaky|flapping|unreliable|keeps?\s+failing|constantly|all\s+the\s+time)\b",
        _HOW_OFTEN,
        settled_by_measure=True,
    ),
    Phrase(
        r"\b(?:many|some|several|various|multiple|a\s+lot\s+of|lots\s+of|a\s+few|most|a\s+number\s+of"
        r"|certain)\s+"
        r"(?:users?|customers?|accounts?|people|requests?|calls?|tickets?|keys?|models?|clients?)\b",
        _HOW_MANY,
        settled_by_measure=True,
    ),
    Phrase(
        r"\b(?:recently|lately|a\s+while\s+ago|for\s+(?:a\s+while|some\s+time|a\s+long\s+time)"
        r"|the\s+other\s+day|earlier|since\s+(?:then|some\s+time)|just\s+now"
        r"|these\s+days)\b",
        _SINCE_WHEN,
        settled_by_measure=True,
    ),
    Phrase(
        r"\b(?:everything|nothing\s+works|all\s+(?:the\s+)?(?:models?|requests?|keys?|users?|customers?)|any\s+model|the\s+whole\s+(?:thing|api|gateway))\b",
        _WHICH_ONES,
    ),
    Phrase(
        r"\b(?:soon|asap|a\.s\.a\.p\.?|later\s+on|shortly|at\s+some\s+point|when\s+possible)\b",
        _WHEN_NEXT,
        settled_by_measure=True,
    ),
    Phrase(
        r"\b(?:tried\s+(?:everything|a\s+lot|many\s+things|several\s+things|all)|the\s+usual\s+steps?)\b",
        _WHAT_TRIED,
    ),
    Phrase(
        r"(?:不行了?|不能用了?|用不了了?|没法用|无法使用|不可用|不好使|不好用|不工作|没反应|挂了|挂掉了?|崩了|崩溃了?|坏了|废了|炸了|抽风|出问题了?|有问题|出故障|出错了|报错了|失败了|不正常|异常了|怪怪的|很奇怪|莫名其妙)",
        _WHAT_HAPPENS,
    ),
    Phrase(
        r"(?:(?:很|太|特别|非常|比较|有点|巨|超|越来越)慢|慢得?很|慢死了|变慢了?|卡顿|卡住了?|卡死了?|很卡|太卡|一直转圈|半天(?:没|不)(?:反应|出)?|好久|很久|响应慢|速度慢)",
        _HOW_LONG,
        settled_by_measure=True,
    ),
    Phrase(
        r"(?:有时候?|偶尔|偶发|间歇性?|时好时坏|时不时|经常|频繁|老是|总是|一直失败|不稳定|不太稳定|断断续续|随机失败)",
        _HOW_OFTEN,
        settled_by_measure=True,
    ),
    Phrase(
        r"(?:很多|好多|大量|不少|一些|有些|部分|若干|多个|好几个|几个|个别)(?:的)?(?:用户|客户|账户|账号|人|请求|调用|工单|密钥|模型)",
        _HOW_MANY,
        settled_by_measure=True,
    ),
    Phrase(
        r"(?:最近|近期|前几天|前阵子|前段时间|这几天|这两天|刚才|刚刚|之前还?好好的|有一段时间|好一阵)",
        _SINCE_WHEN,
        settled_by_measure=True,
    ),
    Phrase(r"(?:所有模型|全部模型|所有请求|全部请求|什么都|全都|全部都|所有客户|所有用户)", _WHICH_ONES),
    Phrase(r"(?:尽快|稍后再|晚点再?|回头再?|有空再?|过会儿|过一会儿)", _WHEN_NEXT, settled_by_measure=True),
    Phrase(r"(?:都试过了|试了很多|各种方法|各种办法|该试的都试|常规操作)", _WHAT_TRIED),
)
