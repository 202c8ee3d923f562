"""Titles of the safe requests, and what each answer to them tells."""

from dataclasses import dataclass

from ..verdict import Words


@dataclass(frozen=True, slots=True)
class StepWords:
    title: Words
    tells: Words


MODELS = StepWords(
    Words("1. List the models: free, tests address and key", "1. 获取模型列表：不计费，用来检查地址和密钥"),
    Words(
        "200 with a list: address and key are right; see whether your model is in it. 401: the key. "
        "403: the key's group or region. 404 or a web page: the base URL. No answer: network, proxy or DNS.",
        "返回 200 和列表：地址与密钥都正确，看列表里有没有您的模型。401：密钥问题。"
        "403：分组权限或地区限制。404 或网页：Base URL 不对。没有响应：网络、代理或 DNS。",
    ),
)
WORK = StepWords(
    Words("2. The smallest real request: tests model and balance", "2. 最小的真实请求：检查模型和额度"),
    Words(
        "200: model, key and balance work, so the fault lies in the original request (parameters, length, "
        "content) or was temporary. 400 or 404: the model's name or a parameter. 402, or 429 about quota: "
        "balance. 429 about pace: wait. 5xx: gateway or provider; keep the request id.",
        "200：模型、密钥和额度都正常，问题在原请求（参数、长度、内容）或只是临时故障。"
        "400 或 404：模型名或参数。402 或提示额度的 429：余额不足。"
        "提示过快的 429：稍后再试。5xx：网关或上游故障，请保留请求 ID。",
    ),
)
STREAM = StepWords(
    Words("3. The same, streamed: tests proxies on the way", "3. 同样的请求改为流式：检查中间的代理"),
    Words(
        "Lines starting with data: arrive and end with [DONE]: streaming works up to this machine. "
        "All lines at once: a proxy holds them back. Breaks off without [DONE]: note after how many seconds.",
        "能看到以 data: 开头的行并以 [DONE] 结束：到这台机器的流式正常。"
        "所有行一次性出现：中间代理在缓冲。没有 [DONE] 就断开：请记下是第几秒断的。",
    ),
)
TASK = StepWords(
    Words("Ask for the task's state: free, starts nothing new", "查询任务状态：不计费，也不会新建任务"),
    Words(
        "queued or running: it is waiting or being made; do not submit it again. succeeded: the result is in "
        "the answer. failed: the reason stands beside it. 404: wrong task id, or another key's task.",
        "queued 或 running：在排队或生成中，请不要重复提交。succeeded：结果就在返回里。failed：旁边会写原因。"
        "404：任务 ID 不对，或任务属于另一个密钥。",
    ),
)
