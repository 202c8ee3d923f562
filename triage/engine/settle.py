"""Which one field or test would settle a doubt, and the words that ask for it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from .evidence import FIELDS
from .verdict import Settle, Words

QUESTIONS: Mapping[str, Words] = MappingProxyType(
    {
        "raw_error": Words(
            "Please send the complete error text as your program received it (mask the key).",
            "请把程序收到的完整报错原文发来（密钥请打码）。",
        ),
        "http_status": Words(
            "Which HTTP status came back, and with which response body?",
            "返回的 HTTP 状态码是多少？响应体的内容是什么？",
        ),
        "model": Words(
            "Which model name, exactly as written in the request, was called?",
            "请求里填写的模型名具体是什么（请原样复制）？",
        ),
        "endpoint": Words(
            "Which address did the request go to (Base URL and path)?",
            "请求发往哪个地址（Base URL 和路径）？",
        ),
        "base_url": Words("Which Base URL is set in your client?", "您的客户端里填写的 Base URL 是什么？"),
        "request_id": Words(
            "Please send the request id of one failed request, so that we can look it up in the log.",
            "请提供一次失败请求的请求 ID，我们据此在日志中查询。",
        ),
        "task_id": Words(
            "Please send the task id; with it we can see the state of the task.",
            "请提供任务 ID，我们据此查看任务状态。",
        ),
        "occurred_at": Words(
            "When did it happen (date, time and time zone)?", "问题发生在什么时间（日期、时间和时区）？"
        ),
        "charged": Words(
            "Was the failed request charged? Please send the line of your usage record.",
            "这次失败的请求扣费了吗？请附上使用记录里的那一行。",
        ),
        "retries": Words(
            "Does the same request, unchanged, work when you send it again now?",
            "原样再发一次同样的请求，现在能成功吗？",
        ),
        "account": Words(
            "Which account (name or e-mail) made the request?", "是哪个账户（用户名或邮箱）发出的请求？"
        ),
        "key_owner": Words(
            "Is the key one of ours, or your own key of the provider? Send its last four characters only.",
            "使用的是我们签发的密钥，还是您自己在供应商处的密钥？只需提供末四位。",
        ),
        "client": Words(
            "Which client or SDK, in which version, sends the request?",
            "请求由哪个客户端或 SDK 发出？版本是多少？",
        ),
        "stream": Words("Does it also fail with streaming switched off?", "关闭流式输出后还会失败吗？"),
    }
)

# What to ask first when no rule names what it needs.
_USUAL = ("raw_error", "http_status", "model", "request_id", "endpoint", "retries")
_PROVIDER_SIDE = ("request_id", "occurred_at", "model")


def settle(asks: Iterable[str], known: Mapping[str, object], *, told_only: bool) -> Settle | None:
    """The first thing asked for that is not known; the raw error before all where there is only prose."""
    wanted = [*(("raw_error",) if told_only else ()), *asks, *_USUAL]
    for field in wanted:
        if field not in known and field in QUESTIONS:
            return Settle(field, QUESTIONS[field])
    return None


def missing_fields(
    asks: Iterable[str], known: Mapping[str, object], *, doubtful: bool, incident: bool, told_only: bool
) -> tuple[str, ...]:
    """Evidence fields to ask for: what rules want, what a look-up needs, the usual ones where in doubt."""
    wanted = [*asks]
    if doubtful:
        wanted += _USUAL[1:] if not told_only else _USUAL
    if incident:
        wanted += _PROVIDER_SIDE
    return tuple(field for field in dict.fromkeys(wanted) if field in FIELDS and field not in known)
