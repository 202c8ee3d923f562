"""The wordings by which broken streams show themselves."""

from .phrase_set import PhraseSet

_WORDINGS = {
    "error_event": (r'event: ?error|data: ?\{"(?:error|type": ?"error)"|"type": ?"response\.failed"',),
    "comment": (
        r"(?:parse|decode|JSON|expect)[^\n]{0,80}(?:: ?ping|: ?keep-?alive|OPENROUTER PROCESSING)",
        r"(?:: ping|: keep-?alive|: OPENROUTER PROCESSING)[^\n]{0,80}(?:pars|decod|JSON)",
    ),
    "malformed": (
        r"data: ?data:|From chunk: ?.data: ?:",
        r"(?:failed|unable|error) (?:to )?(?:pars|decod)\w+ (?:sse|stream|chunk|event)",
        r"(?:invalid|malformed|unexpected) (?:sse|event.?stream|chunk)|stream_read_error",
        r"流式?(?:数据)?解析(?:失败|错误)",
    ),
    "cut": (
        r"stream (?:was )?(?:closed|disconnected|ended|interrupted|aborted)",
        r"closed before (?:response\.)?complet",
        r"peer closed connection|incomplete (?:chunked|message)|IncompleteRead|INCOMPLETE_CHUNKED",
        r"premature close",
        r"response ended prematurely|unexpected EOF",
        r"(?:输出|回复|回答|流式?).{0,8}(?:中断|断开|断了|截断|戛然而止)|说到一半|写到一半",
    ),
    "cut_if_stream": (r"ECONNRESET|connection reset|socket hang up|terminated",),
    "stream_word": (r"\bstream|流式|text/event-stream|\bSSE\b",),
    "no_first": (
        r"(?:first (?:token|byte|chunk)|首字|首个?(?:token|字)).{0,30}(?:time|超时|late|never|没|slow|慢)",
        r"(?:stream|sse) idle time|no (?:data|chunk|token)s? (?:was |were )?(?:received|arriv)|一直转圈",
        r"没有任何(?:输出|返回|响应)",
    ),
    "buffered": (
        r"all at once|one (?:big )?(?:chunk|block|go)\b|not (?:really )?streaming",
        r"一次性(?:全部)?(?:输出|返回|出来|显示)|一下子(?:全部)?(?:出来|输出)",
    ),
    "empty": (
        r'empty (?:response|answer|reply|content|completion)|"content": ?""|空回复|空内容',
        r"返回(?:内容)?(?:为|是)?空|回复(?:为|是)空",
        r"no (?:text|content) (?:in|was)|没有(?:内容|文字|文本)",
        r"(?:without|no) (?:any )?(?:text|content)\b",
    ),
    "billed": (r'"(?:completion|output)_tokens": ?[1-9]|(?:billed|charged|扣费|计费|扣了)',),
    "limit": (r'finish_?reason"?: ?"?(?:length|MAX_TOKENS)|stop_reason"?: ?"?max_tokens|max_output_tokens',),
    "finish": (
        r'finish_?reason"?: ?"(?:error|unknown|OTHER|abort\w*|)"',
        r"(?:wrong|unexpected|missing|no|invalid) finish_?reason",
        r"without (?:a )?finish_?reason|结束原因(?:不对|错误|缺失)",
    ),
    "chunks": (r'"object": ?"chat\.completion\.chunk"',),
    "done": (r"data: ?\[DONE\]|message_stop|response\.completed",),
    "round": (
        r"\b(?:10|15|20|25|30|60|90|100|120|180|240|300|600)(?:\.0\d*)? ?(?:s\b|sec|秒)",
        r"(?:[12355]|10) ?(?:min|分钟)",
    ),
}
SIGNS = PhraseSet((sign, wording) for sign, wordings in _WORDINGS.items() for wording in wordings)
