"""What people say in their own words, in English and Chinese."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span, Value
from .cue import Cue, Page, as_count, constant, occurrences, run_before
from .models import family
from .providers import provider_named

_COUNTS = {
    "once": 1,
    "twice": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "十": 10,
}
_COUNT = r"(\d{1,3}|once|twice|two|three|four|five|six|ten|[一两二三四五六十])"
_NO_MODEL = frozenset(
    [
        "unknown",
        "undefined",
        "null",
        "n/a",
        "the",
        "this",
        "that",
        "a",
        "an",
        "is",
        "not",
        "name",
        "and",
        "or",
        "id",
        "in",
        "to",
        "does",
        "which",
        "with",
        "was",
        "has",
        "you",
        "it",
        "of",
        "for",
        "provider",
        "list",
        "group",
        "available",
        "support",
        "null",
        "none",
        "undefined",
        "string",
        "output",
        "input",
        "error",
        "code",
    ]
)
_CHARGE = r"(?:扣费|扣钱|扣款|计费|扣额度|扣积分|扣点|扣次数|扣除|收费)"


def _spelled(found: str) -> Value | None:
    return _COUNTS.get(found.lower()) or as_count(found)


def _model(found: str) -> Value | None:
    name = found.strip().rstrip(".,:;")
    return name if name and name.lower() not in _NO_MODEL and re.search(r"[A-Za-z]", name) else None


def _model_line(found: str) -> Value | None:
    """`OpenAI GPT-4.1` is GPT-4.1, where the first word only says whose it is; `DeepSeek Chat` is a name."""
    found = _REMARK.split(found.strip(), maxsplit=1)[0]
    first, _, rest = found.partition(" ")
    if rest and provider_named(first) and any(each.isdigit() for each in rest) and family(rest)[0]:
        return rest
    return _model(found)


def _not_held(page: Page, reading: Reading) -> Reading | None:
    """An amount that is only held (预扣费) is not charged yet."""
    at = reading.span.start if reading.span else 0
    return None if page.low[at - 1 : at] == "预" else reading


_REMARK = re.compile(r" (?:with|in|for|via|on|from|and|but|is|does|has|through|using)(?= |$)", re.IGNORECASE)
_QUOTED = r"[`\"'“‘\[]([\w@~][\w./:@ -]{1,80}?)[`\"'”’\]]"
_BARE = r"([\w@~][\w./:@-]{2,80})"

CUES = (
    Cue(
        "model.quoted",
        "model",
        "model",
        rf"models?:? ?(?:name |id |group |named |called )?[\\]{{0,3}}{_QUOTED}",
        0.8,
        _model,
    ),
    Cue(
        "model.equals",
        "model",
        "model modelid model_name",
        rf"model(?:_?name|_?id)?[\"'\\]{{0,3}}\s?[=:：]\s?[\\\"'`]{{0,3}}{_BARE}",
        0.78,
        _model,
    ),
    Cue(
        "model.line",
        "model",
        "model",
        (
            r"model(?: ?name)? ?[:：] ?([\w@][\w./:@()-]{0,60}(?: [\w./:@()-]{1,30}){0,5}) ?(?=\n|"
            r"$|\\ )"
        ),
        0.79,
        _model_line,
    ),
    Cue("model.passed", "model", "received", rf"received model group={_BARE}", 0.8, _model),
    Cue(
        "model.for",
        "model",
        "for",
        r"for (?:model:? )?([\w@][\w./:@-]{2,80}) in (?:organization|project)",
        0.8,
        _model,
    ),
    Cue(
        "model.deployment",
        "model",
        "deployment deployments/",
        r"deployments?/([\w][\w.-]{1,60})/",
        0.8,
        _model,
    ),
    Cue("model.ark", "model", "ep-20", r"(ep-20\d{12}-[a-z0-9]{5})\b", 0.6, _model),
    Cue("model.path", "model", "models/", r"models/([a-z][\w.-]{2,60}):\w", 0.8, _model),
    Cue(
        "model.zh",
        "model",
        "模型",
        (
            r"模型(?:名称?|名字|是|为|用的是)?\s?[:：=]?\s?[`\"'“「\[【]?"
            r"((?:claude|sonnet|opus|haiku|gpt|gemini|grok|kimi|glm) v?\d[\w.]{0,8}|[a-z@][\w./:@-]{2,80})"
        ),
        0.7,
        _model,
    ),
    Cue(
        "retries.attempt",
        "retries",
        "attempt retry retrying reconnecting 重试 重连",
        (
            r"(?:attempt|retry|retrying|reconnecting|重试|重连)\W{0,6}(?:attempt )?#?(\d{1,3}) "
            r"?(?:/|of) ?\d{1,3}"
        ),
        0.8,
        as_count,
        later=True,
    ),
    Cue(
        "retries.counted",
        "retries",
        "attempt retrying retry",
        (
            r"(?:attempt ?(?:no\.? ?)?#? ?(\d{1,3})(?![\d.]| ?%)|"
            r"retry(?:ing)? (?:in|after) [\d.]{1,8} ?\w{1,8}\W{1,4}(\d{1,3})/\d)"
        ),
        0.68,
        as_count,
        later=True,
    ),
    Cue(
        "retries.times",
        "retries",
        "retried retries tried reconnects reconnected reconnecting retry retrying",
        (
            rf"(?:retried|retries|retrying|tried|reconnects|reconnected|reconnecting|retry)(?: it| "
            rf"again)?:? ?{_COUNT}\b(?! ?(?:seconds?|ms|s|minutes?|m|hours?|other|different|more|"
            rf"/))(?: times| 次)?"
        ),
        0.7,
        _spelled,
    ),
    Cue(
        "retries.zh",
        "retries",
        "重试 重连 试 一 两 二 三 四 五 六 十",
        rf"(?:重试|重连|试)(?:了|过)?{_COUNT}(?:次|遍|回)|{_COUNT}次(?:重试|重连)",
        0.7,
        _spelled,
    ),
    Cue(
        "stream.flag",
        "stream",
        "stream streaming is_stream",
        r"(?:is_)?stream(?:ing)?[\"'\\]{0,3}\s?[:=]\s?(?:true|1)\b",
        0.8,
        constant(True),
        once=True,
    ),
    Cue(
        "stream.off",
        "stream",
        (
            "stream streaming is_stream stream_options without non no disabled disable 非流 关闭流 "
            "关掉流 不开流 不用流 关了流"
        ),
        (
            r"(?:is_)?stream(?:ing)?[\"'\\]{0,3}\s?[:=]\s?(?:false|0)\b|stream(?:ing)? (?:is |was "
            r"|set |mode |turned |to )*(?:off|false|disabled)\b|非流式?|[关不][闭掉开用了]流|(?:without|no|"
            r"non|disabled?)[- ]stream\w*"
        ),
        0.65,
        constant(False),
        once=True,
    ),
    Cue(
        "stream.said",
        "stream",
        (
            "stream streams streamed streaming 流式 流 输出 回答 mid- sse text/event-stream event: data: [done] "
            "chunk chunks chunked generatecontentstream streamgeneratecontent response. 断流"
        ),
        (
            r"stream(?:s|ed|ing)?\b|(?:输出|回答)(?:到|了)?(?:一半|中途)|mid-(?:answer|response|reply|sentence)|"
            r"流式|断流|流(?:中断|断|结束|异常|被)|sse\b|text/event-stream|event: ?[a-z]|"
            r"data: ?\{|\[done\]|chunks?\b|chunked read|generatecontentstream|streamgeneratecontent|"
            r"response\.(?:completed|failed|created|incomplete)"
        ),
        0.5,
        constant(True),
        once=True,
    ),
    Cue(
        "charged.counted",
        "charged",
        "counts counted 计入 占用",
        r"count(?:s|ed) (?:against|toward|towards|off) (?:my|our|the) |(?:计入|占用)(?:了|到)?(?:次数|额度|用量|配额)",
        0.6,
        constant(True),
        once=True,
    ),
    Cue(
        "charged.kept",
        "charged",
        "没退 没有退 没给退 未退 不退 没返还 没有返还 未返还 不返还 已结算 已消费 返款 退款记录",
        r"(?:没有?|没给|未|不|没有给)(?:退|返还)|(?:退|返)款(?:记录)?(?:都|也)?(?:没有|没见)|已结算|已消费",
        0.85,
        constant(True),
        once=True,
    ),
    Cue(
        "charged.no",
        "charged",
        (
            "没 未 不 无法 not never n't without no 已退 退款成功 已返还 返还了 refunded wasn't weren't "
            "退回 再退 会退 cost credits 扣费 费用 消耗 zero"
        ),
        (
            rf"(?:没有?|未|不会?|无法|没有被|没被|并未|并没有)(?:被)?{_CHARGE}|(?:not|never|n't|wasn't|weren't|"
            rf"without being)(?: been| being)? (?:charged|billed)|no charge\b|refunded\b|退款成功|"
            rf"已(?:退款|退回|返还)|已退|(?:再|又|会|都|全额)?退回(?:来|了|积分|额度|余额)|(?:再|会)退(?:积分|钱|款)|"
            rf"(?:cost|credits)(?: is| was|:| =)? ?[$¥]?0(?:\.0+)?(?![\d.])|"
            rf"(?:扣费|费用|消耗)(?:是|为)?\s?[:：]?\s?[$¥]?0(?:\.0+)?(?![\d.])|zero (?:cost|charge)"
        ),
        0.8,
        constant(False),
        once=True,
    ),
    Cue(
        "charged.yes",
        "charged",
        (
            "扣 被扣 已扣 照扣 计了 计费 花了 消耗 额度 积分 余额 钱 token tokens was were am are is got been still "
            "being charged charges charge billed bills cost costs credits credit deducted "
            "deducts took takes eats"
        ),
        r"(?:被|已|照|照样|仍然?|还是|也|都|却|又|会|直接)?扣(?:了|费|掉|钱|走|除|款|积分|额度|光|完)|计了?费|花了|消耗了|(?:额度|积分|"
        r"余额|钱|点数|次数|token)s? ?(?:也|都|却|被|照样|还是|仍|照|有|一直)*(?:扣|消耗|没了|少了|减少)|"
        r"(?:was|were|am|are|is|got|been|still|being) (?:\w+ )?(?:charged|billed)|charge[sd]? "
        r"(?:me|us|my|for|full|the|anyway)|charged\b|billed\b|bills (?:me|us|the)|costs? "
        r"(?:me |us )?[$€¥]|cost (?:still )?(?:goes|went|going) up|tokens? (?:are |were |is |"
        r"still )+(?:counted|billed|consumed|spent)|credits? (?:\w+ )?(?:deducted|consumed|"
        r"used up|taken|gone|lost)|deduct(?:ed|s)\b|(?:took|takes|eats) (?:my |the )?(?:\d+ "
        r")?(?:money|credits?)",
        0.6,
        constant(True),
        once=True,
        after=_not_held,
    ),
    Cue(
        "key.mask",
        "key",
        "sk- gsk_ xai- pplx- nvapi- hf_ r8_ aiza akia",
        r"((?:sk|gsk|xai|pplx|nvapi|hf|r8|aiza|akia)[\w-]{0,24}(?:…|\*{3,80}|\.{3})[\w-]{2,12})",
        0.7,
    ),
    Cue("amount.before", "amount", "$ € ¥ ￥", r"([$€¥￥]\s?\d{1,9}(?:\.\d{1,9})?)", 0.5),
    Cue(
        "amount.cost",
        "amount",
        "cost costs spent 扣了 花了 charged",
        (
            r"(?:costs?|spent|charged|扣了|花了)\D{0,6}?([$€¥￥]?\s?\d{1,9}(?:\.\d{1,9})?\s?(?:元|美元|美金|"
            r"刀|usd|cny|rmb|块)?)(?![\w.])"
        ),
        0.45,
    ),
    Cue(
        "account.named",
        "account",
        "account user userid organization org-",
        (
            r"(?:account|organization|user ?id|user)\s?[\[:=]?\s?[\"'\[]?((?:org-)?[a-z0-9_-]{0,"
            r"40}\d[a-z0-9_-]{2,40})"
        ),
        0.5,
    ),
)

_NUMBER_BEFORE = re.compile(rf"\b{_COUNT} (?:[a-z]+ )?\Z", re.ASCII)


_DIGIT = re.compile("[0-9]")
_NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789._/:@-"
_SPELLED_BEFORE = re.compile(r"(\d{1,3}|[一两二三四五六十]) ?\Z")


def read_counts(page: Page) -> Iterator[Reading]:
    """`after three retries`, `2 attempts`: the number stands before the word."""
    for word in ("retries", "attempts", "tries", "reconnects"):
        if word not in page.words:
            continue
        for at in page.places(word):
            start = max(0, at - 16)
            if match := _NUMBER_BEFORE.search(page.low[start:at]):
                value = _spelled(match.group(1))
                if value is not None:
                    span = Span(start + match.start(1), start + match.end(1))
                    yield Reading("retries", value, span, "retries.count", 0.65)
    for word in ("次尝试", "次重试", "次重连"):
        for at in occurrences(page.low, word, 4) if page.characters else ():
            if match := _SPELLED_BEFORE.search(page.low[max(0, at - 4) : at]):
                start = max(0, at - 4) + match.start(1)
                yield Reading(
                    "retries", _spelled(match.group(1)) or 1, Span(start, at), "retries.count", 0.65
                )


def read_models_before(page: Page) -> Iterator[Reading]:
    """`acme-chat-2 model`, `acme-chat-2 模型`: a name nobody has heard of, with a number in it."""
    places = page.places("model")[:6] if "model" in page.words else []
    if page.characters:
        places = [*places, *occurrences(page.low, "模型", 6)]
    for at in places:
        end = at - 4 + len(page.low[max(0, at - 4) : at].rstrip(" `\"'”」)的这个")) if at > 4 else 0
        name = run_before(page.low, end, _NAME_CHARACTERS, 70).lstrip("._/:@-")
        if len(name) > 3 and ("-" in name or "/" in name) and _DIGIT.search(name):
            span = Span(end - len(name), end)
            if value := _model(page.text[span.start : span.end]):
                yield Reading("model", value, span, "model.before", 0.5)
