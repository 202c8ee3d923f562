"""Status lines, headers, methods with paths, URLs: what HTTP itself writes."""

from .keys import seconds
from .pattern import Pattern, as_status, as_text

_REASONS = (
    r"bad request|unauthorized|payment required|forbidden|not found|method not allowed|request time-?out|conflict|gone|"
    r"payload too large|request entity too large|content too large|unsupported media type|unprocessable (?:entity|content)|"
    r"too many requests|client closed request|internal server error|not implemented|bad gateway|"
    r"service (?:temporarily )?unavailable|gateway time-?out|web server is down|overloaded"
)
_REQUEST_ID_HEADERS = (
    r"x-oneapi-request-id|x-request-id|apim-request-id|x-ms-request-id|request-id|anthropic-request-id|x-goog-request-id|x-amzn-requestid|"
    r"x-amz-request-id|x-kong-request-id|mistral-correlation-id|x-correlation-id|x-trace-id|x-ds-trace-id|trace-id|"
    r"x-siliconcloud-trace-id|x-fal-request-id|x-litellm-call-id|x-portkey-request-id|x-portkey-trace-id|x-tt-logid|cf-ray"
)

PATTERNS = (
    Pattern("http.status_named", "http_status", r"\b(?:error code|status[ _-]?code|http[ _-]?status(?:[ _-]?code)?|upstream_?status|状态码|last status|unexpected status|http code|http error|status)\b[\"'\\]{0,4}\s{0,3}(?:[:=：]|is|of|为|是)?\s{0,3}[\"'\\(]{0,3}([1-5]\d\d)\b", 0.84, as_status),
    Pattern("http.status_line", "http_status", r"\bhttp(?:/[\d.]{1,3})?[ :=：\"(]{1,4}([1-5]\d\d)\b", 0.82, as_status),
    Pattern("http.api_error", "http_status", r"\b(?:api|provider|openai|anthropic|gemini|server|upstream|request|claude|chatgpt)? ?error:? ?[(\[:]? ?([45]\d\d)\b", 0.83, as_status),
    Pattern("http.returned", "http_status", r"\b(?:returned|responded(?: with)?|failed with|got|received|api_)(?: status)?(?: code)?(?: http)?(?: error)? ?:?([45]\d\d)\b", 0.8, as_status),
    Pattern("http.reason", "http_status", rf"\b([45]\d\d)[\"',:)]{{0,2}} {{0,2}}-? ?(?:{_REASONS})", 0.83, as_status),
    Pattern("http.arrow", "http_status", r"(?:->|→|=>|⇒)\s{0,3}(?:http )?([45]\d\d)\b", 0.8, as_status),
    Pattern("http.arrow_ok", "http_status", r"(?:->|→|=>|⇒)\s{0,3}(?:http )?([123]\d\d)\b", 0.4, as_status),
    Pattern("http.after_url", "http_status", r"(?:https?://[^\s\"'<>]{4,300}|/v\d[\w/.:-]{2,200})[\"']?[ :]{1,3}\(?([45]\d\d)\b", 0.8, as_status),
    Pattern("http.after_url_ok", "http_status", r"/v\d[\w/.:-]{2,200}[\"']?[ :]{1,3}\(?(2\d\d)\b", 0.4, as_status),
    Pattern("http.dashscope", "http_status", r"<([45]\d\d)> ?[A-Z]", 0.82, as_status),
    Pattern("http.code", "http_status", r"\bcode[ =:]{1,3}([45]\d\d)\b", 0.75, as_status),
    Pattern("http.line_start", "http_status", r"(?m:^)[^\w\n]{0,4}(?:error:? {1,2})?([45]\d\d)(?:[ :,-]{1,3}[\"'{(A-Za-z\p{Han}]|\s{0,2}$)", 0.7, as_status),
    Pattern("http.bracket", "http_status", r"[\[(]([45]\d\d)[\])]", 0.6, as_status),
    Pattern("http.word", "http_status", r"(?:^|[^\w.,:/$€¥-])(40[0-9]|41[0356]|42[24569]|431|451|499|50[0-4]|52[0-9]|530)(?:$|[^\w.,%:/-]|[.,:!](?:\s|$))", 0.3, as_status),
    Pattern("http.request_id_header", "request_id", rf"\b(?:{_REQUEST_ID_HEADERS})[\"'\\]{{0,3}}\s?[:=]\s?[\"'\\\[]{{0,3}}([\w.-]{{8,80}})", 0.82, as_text),
    Pattern("http.retry_after", "retry_after", r"\bretry-after[\"'\\]{0,3}\s?[:=]\s?[\"'\\\[]{0,3}(\d{1,7}(?:\.\d+)?)\b", 0.9, seconds),
)  # fmt: skip
