"""Error types and codes as words of a text, outside of any body that could be parsed."""

from .keys import seconds
from .pattern import Pattern, as_count

_GRPC = (
    r"RESOURCE_EXHAUSTED|INVALID_ARGUMENT|PERMISSION_DENIED|UNAUTHENTICATED|FAILED_PRECONDITION|DEADLINE_EXCEEDED|"
    r"UNAVAILABLE|NOT_FOUND|UNIMPLEMENTED|ABORTED|OUT_OF_RANGE|ALREADY_EXISTS"
)

PATTERNS = (
    Pattern("words.type_bracket", "error_type", r"[\[(]([a-z]{3,30}(?:_[a-z]{2,30}){0,4}_error)[\])]", 0.6),
    Pattern("words.type", "error_type", r"\b([a-z]{3,30}(?:_[a-z]{2,30}){0,4}_error)\b[:： ]", 0.55),
    Pattern("words.type_named", "error_type", r"\b(?:error[ _]?type|category|type)[\"'\\]{0,3}\s?[:=：]\s?[\"'\\]{0,3}([a-z_]{3,60}(?:error|exceeded|denied|quota|invalid\w*))\b", 0.6),
    Pattern("words.type_known", "error_type", r"(?:error: |^|[\s\"'])(insufficient_quota|insufficient_user_quota|rate_limit_exceeded|overloaded_error|model_not_found|invalid_api_key|context_length_exceeded|billing_not_active)\b", 0.4),
    Pattern("words.code_known", "error_code", r"\b(insufficient_quota|insufficient_user_quota|rate_limit_exceeded|model_not_found|invalid_api_key|context_length_exceeded|billing_not_active|content_policy_violation|pre_consume_token_quota_failed|bad_response_status_code|do_request_failed|model_price_error|get_channel_failed|convert_request_failed|access_denied|channel:[a-z_]{3,40}|violation_fee\.[\w.]{2,40})\b", 0.45),
    Pattern("words.code_named", "error_code", r"\b(?:error[ _-]?code|errcode|err_code)[\"'\\]{0,3}\s{0,2}(?:[:=：]|is)?\s?[\"'\\]{0,3}(-?\d{4,12}|[A-Za-z]{2,20}[\w.-]{2,60})\b", 0.7),
    Pattern("words.code_zh", "error_code", r"(?:错误码|错误代码|返回码|代码)\s?[:：=]?\s?[\"'(（]?(-?\d{1,12}|[A-Za-z][\w.-]{2,60})", 0.72),
    Pattern("words.reason", "error_code", r"\breason[\"'\\]{0,3}\s?[:=]\s?[\"'\\]{0,3}(?-i:([A-Z][A-Z0-9_]{4,60}))\b", 0.7),
    Pattern("words.code_e", "error_code", r"\((E\d{3,5})\)", 0.7),
    Pattern("words.code_dotted", "error_code", r"(?-i:\b((?:InternalError|InvalidParameter|Throttling|Arrearage|DataInspectionFailed|InvalidApiKey|AccessDenied|ModelNotFound)(?:\.[A-Z]\w{2,40}){0,3}))\b", 0.55),
    Pattern("words.grpc", "error_code", rf"(?-i:\b({_GRPC}))\b", 0.5),
    Pattern("words.grpc_type", "error_type", rf"(?-i:\b({_GRPC}))\b", 0.35),
    Pattern("words.upper_line", "error_code", r"(?m:^)\s{0,4}(?-i:([A-Z][A-Z0-9]{2,30}(?:_[A-Z0-9]{2,30}){1,6}))\b", 0.45),
    Pattern("words.upper", "error_code", r"(?-i:\b([A-Z][A-Z0-9]{2,30}(?:_[A-Z0-9]{2,30}){1,6}(?:ERROR|FAILED|EXCEEDED|TIMEOUT|DENIED|LIMIT|INVALID|NOT_FOUND|UNAVAILABLE)))\b", 0.4),
    Pattern("words.wait", "retry_after", r"\b(?:retry|try again|wait)(?:ing)?(?: again)? (?:after|in|for)?:? ?(?:about |at least )?(\d{1,7}(?:\.\d+)? ?(?:ms|s\b|sec\b|seconds?|m\b|min\b|minutes?|h\b))", 0.7, seconds),
    Pattern("words.wait_zh", "retry_after", r"(?:请|等待|等)?\s?(\d{1,6})\s?秒(?:后|之后)(?:重试|再试)", 0.7, as_count),
)  # fmt: skip
