"""Sentences of a drafted article that no evidence and no catalogue can give. A person edits them."""

from triage.engine.verdict import Words

SYMPTOM = Words("The request fails with the error text below.", "请求失败，报错如下。")
SAID = Words("In the words of those who met it: {quotes}", "遇到的人这样描述：{quotes}")
APPLIES_TO_ALL = Words("All models and all clients.", "所有模型和客户端。")
SEEN_WITH = Words("Seen with {names}; others may meet it too.", "已知出现在 {names}，其他情况也可能遇到。")
NOT_CHARGED = Words(
    "Where it is known, these requests were not charged. The usage log of the console shows yours.",
    "在已确认的情况中，这类请求没有扣费。您的请求可在控制台的用量日志里查看。",
)
MAY_BE_CHARGED = Words(
    "Some of these requests were charged. Look yours up in the usage log of the console; if it was charged without "
    "a result, write to us with its request id.",
    "部分请求有扣费。请在控制台的用量日志里查看；如果扣了费却没有结果，请附上请求 ID 联系我们。",
)
CHARGE_UNKNOWN = Words(
    "The usage log of the console shows whether the request was charged.",
    "请求是否扣费，以控制台的用量日志为准。",
)
WORKS = Words("The same request is answered.", "同样的请求正常返回结果。")
TO_WRITE = Words("To be written.", "待撰写。")
NEW_TITLE = Words("A new error: {error}", "新的错误：{error}")
