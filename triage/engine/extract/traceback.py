"""Exceptions, as Python, JavaScript, Java and Go name them."""

from .pattern import Pattern

_NAME = r"((?:[a-z_$][\w$]{0,40}\.){0,8}[A-Z_a-z]\w{0,60}(?:Error|Exception|ErrorBasic|Failure|Timeout|Interrupted)(?:[A-Z]\w{0,20})?)"
_CASED = r"(?-i:((?:[a-z_$][\w$]{0,40}\.){0,8}[A-Z]\w{0,60}(?:Error|Exception|ErrorBasic|Timeout|Disconnected|Exhausted)\w{0,20}))"

PATTERNS = (
    Pattern("traceback.line", "exception", rf"(?m:^)[ \t|❌✖>*!-]{{0,8}}{_CASED}\s?(?:\[Error\])?(?::|$)", 0.8),
    Pattern("traceback.module", "exception", r"(?-i:\b((?:[a-z_][\w]{1,40}\.){1,8}[A-Z]\w{1,60}(?:Error|Exception|ErrorBasic|Timeout)\w{0,20}))\b", 0.78),
    Pattern("traceback.generic", "exception", r"(?m:^)(?-i:(Exception|Error)): ", 0.2, later=True),
    Pattern("traceback.bracket", "exception", rf"\[{_CASED}\]", 0.76),
    Pattern("traceback.raised", "exception", rf"\b(?:raised|raise|throws?|threw|抛出|异常[:：]?|错误类型[:：]|exception:|error type:)\s?{_CASED}", 0.82),
    Pattern("traceback.stack", "exception", r"\bat (?:async )?(?-i:([A-Z]\w{0,60}(?:Error|Exception))\.\w)", 0.6),
    Pattern("traceback.word", "exception", r"(?-i:\b([A-Z]\w{1,60}(?:Error|Exception))\b)", 0.5),
    Pattern("traceback.node_code", "error_code", r"(?-i:\b(ERR_[A-Z_]{4,60}|E(?:CONNRESET|CONNREFUSED|TIMEDOUT|NOTFOUND|AI_AGAIN|PIPE|HOSTUNREACH|CONNABORTED))\b)", 0.5),
)  # fmt: skip
