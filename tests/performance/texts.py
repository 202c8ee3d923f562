"""Fresh pasted texts of a wished length, no two alike: prose, bodies, tracebacks, logs, in two languages."""

import json
import random
import string
from collections.abc import Iterator

_PROSE = (
    "since this morning our service gets an error when it calls {model}",
    "we did not change anything and the other models of the same key still work",
    "the request with {number} messages fails after {number} seconds, a shorter one is fine",
    "tried again {number} times with the same result, can you look at it",
    "从今天早上开始调用 {model} 一直报错，昨天还是正常的",
    "同一个密钥换成别的模型可以用，余额还有 {number} 元",
    "请求大概 {number} 秒后失败，重试了 {number} 次都不行",
    "流式输出到一半就断开，关闭流式以后正常",
    "视频任务提交后一直在排队，任务号 {id}",
)
_MESSAGES = (
    "The model {model} does not exist or you do not have access to it",
    "Rate limit reached for requests per minute, please try again in {number}s",
    "当前分组上游负载已饱和，请稍后再试",
    "This request needs {number} tokens which is more than the context window allows",
    "Upstream request failed with status {number}",
    "invalid value for parameter temperature_{number}, expected a number",
    "connection to {host} was reset while reading the answer",
    "用户额度不足，剩余额度 {number}",
    "The server had an error while processing your request {id}",
    "worker {id} finished step {number} of {number} without a result",
)
_MODELS = (
    "gpt-4o",
    "claude-sonnet-4-5",
    "gemini-2.5-pro",
    "deepseek-chat",
    "qwen-max",
    "doubao-seedance",
    "kling-v2",
)
_TYPES = (
    "invalid_request_error",
    "new_api_error",
    "server_error",
    "api_error",
    "rate_limit_error",
    "upstream_error",
)
_WORDS = tuple(
    word
    for line in (
        "queue worker stream chunk token budget region header proxy cache batch retry socket handler session",
        "profile adapter renderer planner parser window sampler router",
        "渠道 模型 请求 参数 任务 上游 日志 账户",
    )
    for word in line.split()
)


def text(length: int, seed: int) -> str:
    """A text of exactly `length` characters; the same seed gives the same text."""
    dice = random.Random(f"{length}/{seed}")
    pieces: list[str] = []
    size = 0
    for piece in _pieces(dice):
        pieces.append(piece)
        size += len(piece) + 1
        if size > length:
            break
    return "\n".join(pieces)[:length]


def _pieces(dice: random.Random) -> Iterator[str]:
    yield _fill(dice.choice(_PROSE), dice)
    while True:
        yield dice.choice((_prose, _body, _log, _traceback, _noise))(dice)


def _prose(dice: random.Random) -> str:
    return _fill(dice.choice(_PROSE), dice)


def _body(dice: random.Random) -> str:
    error = {
        "message": _fill(dice.choice(_MESSAGES), dice) + f" (request id: {_id(dice)})",
        "type": dice.choice(_TYPES),
        "code": f"{dice.choice(_WORDS)}_{dice.randrange(10_000)}",
    }
    if dice.random() < 0.3:
        error["message"] = json.dumps({"error": dict(error)})
    return json.dumps({"error": error}, ensure_ascii=dice.random() < 0.2)


def _log(dice: random.Random) -> str:
    day = f"2026-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    clock = f"{dice.randrange(24):02}:{dice.randrange(60):02}:07"
    level = dice.choice(("ERROR", "WARN", "INFO"))
    place = f"{dice.choice(_WORDS)}.{dice.choice(_WORDS)} status={_status(dice)} id={_id(dice)}"
    return f"{day} {clock} [{level}] {place} {_fill(dice.choice(_MESSAGES), dice)}"


def _traceback(dice: random.Random) -> str:
    name = "".join(dice.choices(string.ascii_lowercase, k=9))
    return (
        f'  File "/srv/{name}/{dice.choice(_WORDS)}.py", line {dice.randrange(900)}, in {name}\n'
        f"    result = await self.{name}.send({dice.choice(_WORDS)}={dice.randrange(99)})"
    )


def _noise(dice: random.Random) -> str:
    return " ".join(
        dice.choice(_WORDS)
        if dice.random() < 0.5
        else "".join(dice.choices(string.ascii_letters, k=dice.randrange(3, 12)))
        for _ in range(dice.randrange(8, 24))
    )


def _fill(template: str, dice: random.Random) -> str:
    return template.format(
        model=dice.choice(_MODELS),
        number=dice.randrange(2, 5000),
        id=_id(dice),
        host=f"api-{_id(dice)[:6]}.example.com",
    )


def _id(dice: random.Random) -> str:
    return "".join(dice.choices("0123456789abcdef", k=20))


def _status(dice: random.Random) -> int:
    return dice.choice((200, 400, 401, 403, 404, 429, 500, 502, 503, 504, 524))


def rule_words(number: int) -> list[str]:
    """Words for a generated rule: common ones of these texts, and made-up ones that hardly ever occur."""
    dice = random.Random(f"rule {number}")
    made_up = "".join(dice.choices(string.ascii_lowercase, k=7))
    return [dice.choice(_WORDS), made_up, dice.choice(_WORDS)]
