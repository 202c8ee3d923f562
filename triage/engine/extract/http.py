"""Headers that carry an id or a waiting time, and request ids as words."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Cue, Page, occurrences
from .keys import seconds

QUOTE = r"[\"'\\`*]{0,4}"
ID = r"([a-z0-9][\w.:-]{6,90}[a-z0-9_-])"
_HEADERS = (
    "x-oneapi-request-id x-request-id apim-request-id x-ms-request-id anthropic-request-id x-goog-request-id "
    "x-amzn-requestid x-amz-request-id x-kong-request-id mistral-correlation-id "
    "x-correlation-id x-trace-id x-ds-trace-id "
    "x-siliconcloud-trace-id x-fal-request-id x-litellm-call-id x-portkey-request-id "
    "x-portkey-trace-id x-tt-logid cf-ray"
)
_WAIT_UNITS = r"(?:ms|s\b|secs?\b|seconds?|m\b|mins?\b|minutes?|h\b|hours?)"


def _end_of_chain(page: Page, reading: Reading) -> Reading:
    """Of several ids on one line the last one is that of the relay which was called; of separate lines, the first."""
    if reading.span is None:
        return reading
    start = reading.span.start
    line = page.low[max(page.low.rfind("\n", 0, start) + 1, start - 600, 0) : start]
    if line.count("request id") + line.count("request_id") < 2:
        return reading
    return Reading(
        reading.field, reading.value, reading.span, reading.by, reading.trust + 0.02 + start * 1e-8
    )


_GATEWAY_ID = re.compile(
    r"20\d\d(?:0[1-9]|1[0-2])[0-3]\d[0-2]\d[0-5]\d[0-5]\d[0-9A-Za-z]{8,32}(?![\w-])", re.ASCII
)


def read_gateway_ids(page: Page) -> Iterator[Reading]:
    """The ids of new-api and one-api, which begin with their time: they are known without a name in front."""
    for at in occurrences(page.digits, " 20", 12):
        if match := _GATEWAY_ID.match(page.text, at):
            yield Reading("request_id", match.group(), Span(*match.span()), "id.gateway", 0.6)


CUES = (
    Cue(
        "http.user_agent",
        "client",
        "user-agent user_agent useragent",
        rf"user[-_]?agent{QUOTE}\s?[:=]\s?{QUOTE}([a-z][\w. -]{{1,40}}?)/v?\d",
        0.48,
    ),
    Cue(
        "http.request_id_header",
        "request_id",
        _HEADERS,
        rf"[a-z-]{{6,30}}{QUOTE}\s?[:=]\s?[\"'\\\[]{{0,3}}{ID}",
        0.82,
    ),
    Cue(
        "id.named",
        "request_id",
        "request␣id request_id request-id requestid",
        rf"request[ _-]?id\b(?: is)?{QUOTE}\s{{0,2}}[:=：]?\s{{0,2}}[\"'\\`*(]{{0,4}}\s?{ID}",
        0.84,
        after=_end_of_chain,
    ),
    Cue(
        "id.zh", "request_id", "请求", rf"请求 ?(?:id|编号|号|标识)\s{{0,2}}[:=：]?\s{{0,2}}[\"'`]?{ID}", 0.84
    ),
    Cue(
        "id.trace",
        "request_id",
        "trace␣id trace_id trace-id traceid logid log_id correlation ray␣id reqid call_id call␣id",
        (
            rf"(?:trace[ _-]?id|log[ _-]?id|correlation[ _-]?id|ray id|reqid|call[ "
            rf"_]id){QUOTE}\s{{0,2}}[:=：]?\s{{0,2}}[\"'\\`]{{0,2}}{ID}"
        ),
        0.7,
    ),
    Cue("id.vendor", "request_id", "req_ req-", r"(req[_-][0-9a-z-]{6,60})", 0.78),
    Cue(
        "id.response",
        "request_id",
        "response_id responseid",
        rf"response_?id{QUOTE}\s?[:=]\s?[\"'\\`]{{0,2}}{ID}",
        0.45,
    ),
    Cue(
        "id.session",
        "request_id",
        "session_id session␣id sessionid",
        rf"session[ _]?id{QUOTE}\s{{0,2}}[:=：]\s{{0,2}}[\"'\\`]{{0,2}}{ID}",
        0.3,
    ),
    Cue("id.run", "request_id", "resp_", r"(resp_[0-9a-z]{12,80})", 0.45),
    Cue("id.generation", "request_id", "gen-", r"(gen-\d{10}-[0-9a-z]{10,40})", 0.55),
    Cue("id.chat", "request_id", "chatcmpl- cmpl-", r"((?:chat)?cmpl-[0-9a-z-]{8,60})", 0.5),
    Cue(
        "http.retry_after",
        "retry_after",
        "retry-after retry_after retryafter",
        rf"retry[-_]?after{QUOTE}\s?[:=]\s?[\"'\\\[]{{0,3}}(\d{{1,7}}(?:\.\d{{1,6}})?)\b",
        0.9,
        seconds,
    ),
    Cue(
        "words.wait",
        "retry_after",
        "retry retrying try wait available reset",
        (
            rf"(?:retry|try again|wait|available|resets?)(?:ing)?(?: again)? (?:after|in|for)?:? "
            rf"?(?:about |at least |another )?(\d{{1,7}}(?:\.\d{{1,12}})? ?{_WAIT_UNITS})"
        ),
        0.7,
        seconds,
    ),
    Cue(
        "words.wait_zh",
        "retry_after",
        "请 等待 等 在",
        r"(?:请|等待|等|在)\s?(\d{1,6}\s?(?:秒|分钟))钟?(?:后|之后)?(?:再|重试|后)",
        0.7,
        seconds,
    ),
)
