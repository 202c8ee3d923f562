"""HTTP status numbers: any three digits in a company that makes them a status."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Page

_STATUSES = frozenset(str(number) for number in range(200, 600))
_COMMON = frozenset(
    [
        "400",
        "401",
        "402",
        "403",
        "404",
        "405",
        "408",
        "409",
        "410",
        "413",
        "415",
        "422",
        "424",
        "425",
        "429",
        "431",
        "451",
        "499",
        "500",
        "501",
        "502",
        "503",
        "504",
        "520",
        "521",
        "522",
        "523",
        "524",
        "525",
        "526",
        "527",
        "529",
        "530",
    ]
)
_JOINTS = " \t\"'\\:：=(`*<-"
_NAMED = (
    "error code",
    "status code",
    "status_code",
    "statuscode",
    "http status",
    "http_status",
    "httpstatus",
    "httpstatuscode",
    "upstream_status",
    "upstreamstatus",
    "状态码",
    "last status",
    "unexpected status",
    "http code",
    "http error",
    "status",
    "status is",
    "status code is",
    "状态码是",
    "状态码为",
    "api error",
    "http",
    "http_code",
    "http/1.1",
    "http/2",
    "http/1.0",
    "returned http",
    "with status",
    "response code",
    "responsecode",
    "api",
    "code=",
    "got status",
    "status of",
)
_ERROR = (
    "error",
    "returned",
    "responded with",
    "failed with",
    "got",
    "received",
    "returns",
    "gets",
    "api_",
    "return",
    "server",
    "failed",
    "status:",
    "code",
    "statuscode:",
    "response",
    "->",
    "→",
    "=>",
    "⇒",
    "fails with",
    "rejected with",
    "error:",
    "invalid",
)
_TOLD = (
    "报",
    "返回",
    "提示",
    "出现",
    "出",
    "是",
    "错误码",
    "频繁",
    "一直",
    "总是",
    "都是",
    "全是",
    "全部",
    "大量",
    "变成",
    "收到",
    "遇到",
    "显示",
    "偶尔",
    "偶发",
    "经常",
    "报错",
    "错误",
    "了",
    "a",
    "an",
    "the",
    "only",
    "with",
    "to",
    "and",
    "or",
    "of",
    "into",
    "就",
    "直接",
    "说",
    "回",
    "抛",
    "为",
    "成",
    "到",
    "持续",
    "always",
    "every",
    "as",
    "says",
    "get",
    "common",
    "is",
    "constant",
    "some",
    "these",
    "this",
    "many",
    "then",
    "常",
    "吃",
    "碰到",
    "接口",
    "请求",
    "全",
    "都",
    "也",
    "又",
    "还",
)
# `Limit 30000, Used 29800, Requested 400`: a number of tokens or the like. A limit of 429 is a status after all.
_AMOUNT_WORDS = frozenset(
    ["requested", "used", "remaining", "current", "max", "maximum", "minimum", "min", "total", "size", "tokens",
     "count", "usage", "length", "width", "height", "line", "row", "column", "col", "position", "port", "index"]
)  # fmt: skip
_AMOUNTS = ("最多", "已用", "剩余", "总共", "大约", "第")
_REASON = re.compile(
    r"[\"',:)]{0,2} {0,2}-? ?[(\"]?(?:bad request|unauthorized|payment required|forbidden|"
    r"not found|method not allowed|"
    r"request time-?out|conflict|gone\b|payload too large|request entity too large|"
    r"content too large|unsupported media|"
    r"unprocessable|too many requests|client closed|internal server error|not implemented|bad gateway|"
    r"service (?:temporarily )?unavailable|gateway time-?out|web server is down|overloaded|origin|a timeout occurred)"
)
_TOLD_AFTER = re.compile(r"\s?(?:错误|报错|错|的错|状态|异常|了|error|response|s\b|的|，|,|；|;)")
_MEASURE = re.compile(
    (
        r"[\d%]|[.,]\d|[ \t]?(?:ms|s|sec|seconds?|minutes?|min|tokens?|k|m|b|px|mb|kb|gb|元|次|个|秒|"
        r"条|张|分钟|字|天|人|美|块|w|rpm|tpm|models|x)\b|"
        r"[ \t]?(?:元|次|个|秒|条|张|分钟|字|天|人|美|块|万|号)|[*x×]\d|"
        r"-[\da-z]|[\w]"
    ),
    re.ASCII,
)


def read_statuses(page: Page) -> Iterator[Reading]:
    for word in _STATUSES & page.words:
        for at in page.places(word):
            if (trust := _trust(page, at, word)) > 0:
                yield Reading("http_status", int(word), Span(at, at + 3), "http.status", trust)


def _trust(page: Page, at: int, word: str) -> float:
    low = page.low
    after = low[at + 3 : at + 40]
    is_error = word >= "400"
    if _MEASURE.match(after) and not _REASON.match(after):
        return 0.0
    if is_error and _REASON.match(after):
        return 0.83
    before = low[max(0, at - 30) : at]
    company = before.rstrip(_JOINTS)
    if _is_amount(company, word):
        return 0.0
    if company.endswith(_NAMED):
        return 0.84 if is_error else 0.42
    if before.endswith("|") or (before.endswith("| ") and after.lstrip().startswith("|")):
        return 0.8 if is_error else 0.28
    if not is_error:
        if company.endswith(("->", "→", "=>")) or _after_path(low, at):
            return 0.4
        return (
            0.3
            if word == "200"
            and company.endswith(
                ("显示", "返回", "是", "状态", "为", "returns", "returned", "answers", "with a")
            )
            else 0.0
        )
    return _of_error(low, at, word, before, company, after)


def _of_error(low: str, at: int, word: str, before: str, company: str, after: str) -> float:
    if company.endswith(_ERROR) or before.rstrip(" \"'").endswith(("->", "→", "=>")):
        return 0.82
    if before.endswith("<") and after.startswith(">"):
        return 0.82
    if _in_title(before) or _after_path(low, at):
        return 0.8
    if _at_line_start(before) and after[:1] in (" ", ":", ",", "\n", "", "{"):
        return 0.7
    if before[-1:] in "[(" and after[:1] in ")]" and before:
        return 0.6
    if company.endswith(_TOLD) or _TOLD_AFTER.match(after):
        return 0.5
    return 0.3 if word in _COMMON and before[-1:] not in tuple(".,/$€¥-#_") else 0.0


def _is_amount(company: str, word: str) -> bool:
    last = company[-24:].rpartition(" ")[2]
    return last in _AMOUNT_WORDS or last.endswith(_AMOUNTS) or (last == "limit" and word != "429")


def _at_line_start(before: str) -> bool:
    line = before.rsplit("\n", 1)
    return not line[-1].strip(" \t[❌✖>*•■●⎿!|'\"-") and (len(line) > 1 or len(before) < 30)


def _after_path(low: str, at: int) -> bool:
    """`POST /v1/responses 404`, `https://host/v1: 401`."""
    words = low[max(0, at - 160) : at].rstrip(" :\"'(").rsplit(None, 1)
    return (
        bool(words)
        and len(words[-1]) > 3
        and words[-1].lstrip("\"'(`").startswith(("/", "http://", "https://"))
    )


def _in_title(before: str) -> bool:
    tag = before.rstrip()
    return tag.endswith(">") and tag.rpartition("<")[2].startswith(("title", "h1", "h2"))
