"""The symptoms of a stream, what each usually means, and the test that settles it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..verdict import Words


class Symptom(StrEnum):
    ERROR_EVENT = "error_event"
    NO_FIRST_TOKEN = "no_first_token"  # noqa: S105 - a symptom, no password
    CUT = "cut"
    EMPTY = "empty"
    EMPTY_BILLED = "empty_billed"
    EMPTY_BY_LIMIT = "empty_by_limit"
    WRONG_FINISH = "wrong_finish"
    MALFORMED = "malformed"
    COMMENT_UNREAD = "comment_unread"
    BUFFERED = "buffered"


@dataclass(frozen=True, slots=True)
class SymptomWords:
    explanation: Words
    settle: Words


def at_round_seconds(seconds: int) -> Words:
    return Words(
        f"It ends after {seconds} seconds each time: that is the time limit of a proxy or client on the way.",
        f"每次都在第 {seconds} 秒结束，说明中间某个代理或客户端设置了这个超时。",
    )


_CURL_STREAM = Words(
    "Run the same request with curl -N past your own proxy: if it holds there, the proxy is the place "
    "to look.",
    "用 curl -N 绕过自己的代理发同样的请求：如果正常，问题就在代理上。",
)
_KEEP_ID = Words(
    "Send the request id and the last lines received, so that the gateway's log shows who ended it.",
    "请提供请求 ID 和最后收到的几行内容，以便在网关日志里查是哪一方断开的。",
)

SYMPTOM_WORDS: Mapping[Symptom, SymptomWords] = MappingProxyType(
    {
        Symptom.ERROR_EVENT: SymptomWords(
            Words(
                "The stream began with HTTP 200 and then carried an error: the error decides, not the "
                "status.",
                "流式先返回了 200，随后在流里给出错误；应以流里的错误为准。",
            ),
            Words("Send the whole error event.", "请提供完整的 error 事件内容。"),
        ),
        Symptom.NO_FIRST_TOKEN: SymptomWords(
            Words(
                "No first token came: the model was thinking or queued, or a proxy held the stream back.",
                "迟迟没有第一个字：模型可能在思考或排队，也可能是代理把流缓冲住了。",
            ),
            _CURL_STREAM,
        ),
        Symptom.CUT: SymptomWords(
            Words(
                "The stream broke off before its end. An error in it or a 5xx points upstream; your "
                "own proxy, "
                "firewall or client time limit can do it too.",
                "流在结束前断开了。流里有报错或 5xx 多半是上游；自己的代理、防火墙或客户端超时也会造成。",
            ),
            _KEEP_ID,
        ),
        Symptom.EMPTY: SymptomWords(
            Words("The answer came without any text.", "返回成功，但没有任何文字。"),
            Words(
                "Look at finish_reason and at the token counts of the answer.",
                "请查看返回里的 finish_reason 和 token 用量。",
            ),
        ),
        Symptom.EMPTY_BILLED: SymptomWords(
            Words(
                "The answer is empty although tokens were counted: thinking used them, or the text was "
                "lost on "
                "the way. Whether it was charged has to be checked too.",
                "返回为空却计了 token：可能用在思考上，也可能文字在途中丢失；是否扣费也需要一并核对。",
            ),
            _KEEP_ID,
        ),
        Symptom.EMPTY_BY_LIMIT: SymptomWords(
            Words(
                "The output limit of the request was used up before any text: thinking counts against it.",
                "请求设置的输出上限在出文字之前就用完了，思考过程也计入其中。",
            ),
            Words(
                'Raise the limit, for example "max_tokens": 4096, or lower the thinking effort.',
                '请调高上限，例如 "max_tokens": 4096，或降低思考强度。',
            ),
        ),
        Symptom.WRONG_FINISH: SymptomWords(
            Words(
                "The stream ended with a finish reason that does not fit: the upstream ended early, or the "
                "gateway translated it wrongly.",
                "结束原因不正常：可能是上游提前结束，也可能是网关转换有误。",
            ),
            _KEEP_ID,
        ),
        Symptom.MALFORMED: SymptomWords(
            Words(
                "A line of the stream is not well formed, so the client could not read it.",
                "流里有格式不正确的行，客户端无法解析。",
            ),
            Words(
                "Send the raw lines before the break: data: twice in one line is the gateway's fault, a web "
                "page between them is a proxy's.",
                "请提供断点前的原始行：一行里出现两个 data: 是网关的问题，夹着网页则是代理的问题。",
            ),
        ),
        Symptom.COMMENT_UNREAD: SymptomWords(
            Words(
                "A line that starts with a colon is a comment of the stream and keeps it alive; this client "
                "takes it for data.",
                "以冒号开头的行是流里的注释，用来保活；这个客户端把它当成数据解析了。",
            ),
            Words("Update the client, or let it skip such lines.", "请升级客户端，或让它跳过这类行。"),
        ),
        Symptom.BUFFERED: SymptomWords(
            Words(
                "The text comes all at once: a proxy on the way collects the stream before passing it on.",
                "内容一次性出现：中间有代理把流攒齐了才转发。",
            ),
            Words(
                "In nginx: proxy_buffering off; gzip off; and a long proxy_read_timeout.",
                "nginx 请设置 proxy_buffering off; gzip off; 并调大 proxy_read_timeout。",
            ),
        ),
    }
)
