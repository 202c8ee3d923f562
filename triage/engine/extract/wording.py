"""Error types and codes as words of a text, outside of any body that could be parsed."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Cue, Page, occurrences, run_before

_GRPC = (
    "RESOURCE_EXHAUSTED INVALID_ARGUMENT PERMISSION_DENIED UNAUTHENTICATED FAILED_PRECONDITION DEADLINE_EXCEEDED "
    "UNAVAILABLE NOT_FOUND UNIMPLEMENTED ABORTED OUT_OF_RANGE ALREADY_EXISTS INTERNAL CANCELLED"
)
_KNOWN_CODES = (
    "insufficient_quota insufficient_user_quota rate_limit_exceeded model_not_found invalid_api_key "
    "context_length_exceeded billing_not_active content_policy_violation pre_consume_token_quota_failed "
    "bad_response_status_code do_request_failed model_price_error get_channel_failed convert_request_failed "
    "access_denied account_deactivated invalid_request_body unsupported_country_region_territory content_filter "
    "server_is_overloaded upstream_error insufficient_balance quota_exceeded channel_not_found moderation_blocked "
    "data_inspection_failed token_expired tokens_limit_reached concurrent_limit_exceeded usage_limit_reached"
)
_AWS = (
    "ThrottlingException ValidationException ModelStreamErrorException "
    "AccessDeniedException ServiceUnavailableException "
    "ModelTimeoutException ModelNotReadyException ServiceQuotaExceededException ResourceNotFoundException "
    "InternalServerException ModelErrorException UnrecognizedClientException ExpiredTokenException"
)
_DOTTED = (
    r"((?:InternalError|InvalidParameter|Throttling|Arrearage|DataInspectionFailed|"
    r"InvalidApiKey|AccessDenied|ModelNotFound|RequestTimeOut|InvalidURL|"
    r"SensitiveContentDetected|InputTextSensitiveContentDetected|"
    r"InputImageSensitiveContentDetected|OutputVideoSensitiveContentDetected|"
    r"AccountOverdueError|ModelNotOpen|SetLimitExceeded|QuotaExceeded|"
    r"InvalidEndpointOrModel|AccountQuotaExceeded|ServerOverloaded|RateLimitExceeded|"
    r"OperationDenied|MissingParameter|InvalidEndpoint|AuthenticationError|"
    r"UnsupportedModel)(?:\.[A-Z]\w{2,40}){0,3})(?![\w.])"
)


def _alternation(names: str) -> str:
    return "|".join(sorted(names.split(), key=len, reverse=True))


CUES = (
    Cue(
        "words.type_named",
        "error_type",
        "error_type errortype category type",
        (
            r"(?:error[ _]?type|category|type)[\"'\\]{0,3}\s{0,2}[:=：]\s{0,2}[\"'\\]{0,"
            r"3}([a-z_]{3,60}(?:error|exceeded|denied|quota|invalid\w{0,20}))\b"
        ),
        0.6,
    ),
    Cue(
        "words.lobe",
        "error_type",
        "invalidproviderapikey providerbizerror openaibizerror noopenaiapikey agentruntimeerror quotalimitreached",
        r"(invalidproviderapikey|providerbizerror|openaibizerror|noopenaiapikey|agentruntimeerror|quotalimitreached)\b",
        0.45,
    ),
    Cue("words.code_known", "error_code", _KNOWN_CODES, rf"({_alternation(_KNOWN_CODES)})\b", 0.45),
    Cue(
        "words.type_known",
        "error_type",
        "insufficient_quota insufficient_user_quota rate_limit_exceeded",
        r"(insufficient_quota|insufficient_user_quota|rate_limit_exceeded)\b",
        0.4,
    ),
    Cue(
        "words.channel",
        "error_code",
        "channel: violation_fee.",
        r"(channel:[a-z_]{3,40}|violation_fee\.[\w.]{2,40})",
        0.6,
    ),
    Cue(
        "words.code_named",
        "error_code",
        "error_code errorcode errcode err_code error␣code error-code",
        (
            r"(?:error[ _-]?code|errcode|err_code)[\"'\\]{0,3}\s{0,2}(?:[:=：]|is)?\s?[\"'\\(]{0,"
            r"3}(-?\d{4,12}|[a-z]{2,20}[\w.-]{2,60})\b"
        ),
        0.7,
    ),
    Cue(
        "words.code_plain",
        "error_code",
        "code",
        (
            r"code[\"'\\]{0,3}\s{0,2}[:=：]\s{0,2}[\"'\\]{0,3}(-?\d{4,12}|[a-z]{2,20}_[\w.-]{2,60}|"
            r"E[A-Z]{4,20})\b"
        ),
        0.6,
    ),
    Cue("words.code_short", "error_code", "code", r"code[:：]\s?(-?\d{1,2})(?=[,，;；])", 0.5),
    Cue(
        "words.code_zh",
        "error_code",
        "错误码 错误代码 返回码 代码",
        r"(?:错误码|错误代码|返回码|代码)\s?[:：=]?\s?[\"'(（]?(-?\d{1,12}|[a-z][\w.-]{2,60})",
        0.72,
    ),
    Cue(
        "words.reason",
        "error_code",
        "reason",
        r"[Rr]eason[\"'\\]{0,3}\s?[:=]\s?[\"'\\]{0,3}([A-Z][A-Z0-9_]{4,60})\b",
        0.55,
        cased=True,
    ),
    Cue("words.code_e", "error_code", "(e", r"\((E\d{3,5})\)", 0.7, cased=True),
    Cue(
        "words.dotted",
        "error_code",
        (
            "internalerror invalidparameter throttling arrearage datainspectionfailed "
            "invalidapikey accessdenied modelnotfound requesttimeout invalidurl "
            "sensitivecontentdetected inputtextsensitivecontentdetected "
            "inputimagesensitivecontentdetected outputvideosensitivecontentdetected "
            "accountoverdueerror modelnotopen setlimitexceeded quotaexceeded "
            "invalidendpointormodel accountquotaexceeded serveroverloaded ratelimitexceeded "
            "operationdenied missingparameter unsupportedmodel"
        ),
        _DOTTED,
        0.55,
        cased=True,
    ),
    Cue("words.code_bracket", "error_code", "[-", r"\[(-\d{3,6})\]", 0.6),
    Cue("words.aws_name", "error_type", _AWS.lower(), rf"({_alternation(_AWS)})(?!\w)", 0.4, cased=True),
    Cue("words.aws", "error_type", "occurred␣(", r"occurred \(([A-Z]\w{3,60})\)", 0.7, cased=True),
    Cue("words.grpc", "error_code", _GRPC.lower(), rf"({_alternation(_GRPC)})(?!\w)", 0.5, cased=True),
    Cue("words.grpc_type", "error_type", _GRPC.lower(), rf"({_alternation(_GRPC)})(?!\w)", 0.35, cased=True),
    Cue(
        "words.errno",
        "error_code",
        (
            "err_ net::err_ econnreset econnrefused etimedout enotfound eai_again epipe "
            "ehostunreach econnaborted"
        ),
        (
            r"((?:net::)?ERR_[A-Z_]{4,60}|E(?:CONNRESET|CONNREFUSED|TIMEDOUT|NOTFOUND|AI_AGAIN|"
            r"PIPE|HOSTUNREACH|CONNABORTED))(?!\w)"
        ),
        0.5,
        cased=True,
    ),
)

_SHOUTED = re.compile(r"[A-Z][A-Z0-9]{2,30}(?:_[A-Z0-9]{2,30}){1,6}", re.ASCII)
_BAD = (
    "ERROR",
    "FAILED",
    "EXCEEDED",
    "TIMEOUT",
    "DENIED",
    "LIMIT",
    "INVALID",
    "FOUND",
    "UNAVAILABLE",
    "EXHAUSTED",
    "BLOCKED",
    "EXPIRED",
)
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_LOWER = "abcdefghijklmnopqrstuvwxyz_"


def read_words(page: Page) -> Iterator[Reading]:
    """`some_kind_error` and `SOME_CODE`: words that are joined by underscores."""
    if "error" in page.words:
        for at in page.places("error"):
            if page.low[at - 1 : at] == "_":
                yield from _type(page.text, at)
    ended = 0
    for at in occurrences(page.text, "_", 150):
        if at <= ended or not at:
            continue
        read = _shouted if page.text[at - 1].isupper() else _snake
        for reading in read(page, at):
            ended = reading.span.end if reading.span else ended
            yield reading


def _shouted(page: Page, at: int) -> Iterator[Reading]:
    if page.text[at + 1 : at + 2].isupper():
        start = at - len(run_before(page.text, at, _UPPER, 40))
        if shouted := _SHOUTED.match(page.text, start):
            yield from _code(page.text, start, shouted.group())


def _snake(page: Page, at: int) -> Iterator[Reading]:
    """`499 request_aborted`, or a line that begins with `invalid_value`: a code that stands alone."""
    start = at - len(run_before(page.low, at, _LOWER, 40))
    if start and page.low[start - 1] not in " \n":
        return
    found = _SNAKE.match(page.text, start)
    if (
        found
        and not found.group(1).endswith("_error")
        and not _ID.match(found.group(1))
        and _ALONE.search(page.text[max(0, start - 6) : start])
    ):
        yield Reading("error_code", found.group(1), Span(*found.span(1)), "words.snake", 0.3)


_SNAKE = re.compile(r"([a-z]{2,30}(?:_[a-z0-9]{2,30}){1,5})(?=\s*(?:[·:：,]|$|\n))", re.ASCII)
_ID = re.compile(r"(?:req|request|task|msg|resp|call|run|batch|job|trace)_(?=[a-z0-9]*[0-9])", re.ASCII)
_ALONE = re.compile(r"(?:^|\n\s{0,4}|[45]\d\d:? |: )\Z")


def _type(text: str, error_at: int) -> Iterator[Reading]:
    end = error_at + len("error")
    name = run_before(text, end, _LOWER, 80)
    start = end - len(name)
    after = text[end : end + 1]
    joined = start and (text[start - 1].isalnum() or text[start - 1] in "./$-")
    if joined or after.isalnum() or after in ("_", ".") or name.startswith("_"):
        return
    trust = 0.6 if after in (":", "]", ")", "：", '"', "'") else 0.5
    yield Reading("error_type", name, Span(start, end), "words.type", trust)


def _code(text: str, start: int, name: str) -> Iterator[Reading]:
    end = start + len(name)
    if text[end : end + 1] in ("=", ".", "_") or (
        start and (text[start - 1].isalnum() or text[start - 1] in "./$-_")
    ):
        return
    alone = text[max(0, start - 4) : start].strip(" \t") in ("", "\n", "\n\n")
    if alone or name.endswith(_BAD):
        yield Reading("error_code", name, Span(start, end), "words.upper", 0.45 if alone else 0.4)
