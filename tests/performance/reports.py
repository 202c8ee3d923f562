"""Batches of failed requests as a busy gateway would report them: few errors, ever new ids and numbers in them."""

import json
import random
from datetime import datetime, timedelta
from typing import Any

# Where the bare view puts the rows. Known by their id, found by time and by what they are of, as any store has to.
COLUMNS = {
    "source_id": "text PRIMARY KEY", "occurred_at": "timestamptz", "account": "text", "key": "text", "model": "text",
    "provider": "text", "route": "text", "group": "text", "endpoint": "text", "request_type": "text",
    "http_status": "int", "error_type": "text", "raw_error": "text", "request_id": "text", "duration_ms": "int",
    "stream": "bool", "charged": "bool",
}  # fmt: skip
TABLE = "bare_failure"

MODELS = [
    f"{family}-{size}"
    for family in ("gpt-4o", "claude-sonnet", "gemini-pro", "qwen-max")
    for size in range(5)
]
PROVIDERS = ("openai", "anthropic", "google", "alibaba", "azure", "deepseek", "moonshot", "zhipu")
ACCOUNTS = [f"account {number}" for number in range(2_500)]
ERRORS = (
    '{{"error":{{"message":"Rate limit reached for {model} in organization org-{id} on tokens per min (TPM): Limit'
    ' 30000, Used {n}, Requested {m}. Please try again in {m}ms.","type":"tokens","param":null,'
    '"code":"rate_limit_exceeded"}}}}',
    'litellm.InternalServerError: AnthropicError - {{"type": "error", "error": {{"type": "overloaded_error", "message":'
    ' "Overloaded"}}, "request_id": "req_{id}"}}',
    "The server had an error while processing your request. Sorry about that! (request id: {id})",
    "upstream connect error or disconnect/reset before headers. reset reason: connection timeout, after {n} ms",
    "Error code: 401 - {{'error': {{'message': 'Incorrect API key provided: {key}. You can find your API key at"
    " https://platform.openai.com/account/api-keys.', 'type': 'invalid_request_error', 'code': 'invalid_api_key'}}}}",
    "当前分组上游负载已饱和，请稍后再试 (request id: 20260131{n}{m}{id})",
    "Post \"https://upstream.example/v1/chat/completions\": dial tcp 10.0.{m}.7:443: i/o timeout",
    "This model's maximum context length is 128000 tokens. However, your messages resulted in {n} tokens. Variant {v}.",
)  # fmt: skip


def make_batch(chance: random.Random, size: int, now: datetime) -> list[dict[str, Any]]:
    return [_row(chance, now) for _ in range(size)]


def as_body(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def _row(chance: random.Random, now: datetime) -> dict[str, Any]:
    number = f"{chance.getrandbits(96):024x}"
    model = chance.choice(MODELS)
    key = f"sk-{chance.randrange(3_000):048x}"
    error = chance.choice(ERRORS).format(
        model=model,
        key=_as_told(key, chance),
        id=number[:20],
        n=chance.randrange(10_000, 99_999),
        m=chance.randrange(1, 250),
        v=chance.choice("abcdefghij"),
    )
    return {
        "source_id": number,
        "occurred_at": (now - timedelta(seconds=chance.random() * 90)).isoformat(),
        "account": ACCOUNTS[min(int(chance.expovariate(1 / 300)), 2_499)],
        "key": key,
        "model": model,
        "provider": PROVIDERS[MODELS.index(model) % len(PROVIDERS)],
        "route": chance.choice(("east", "east", "east", "west")),
        "group": chance.choice(("default", "vip")),
        "endpoint": "/v1/chat/completions",
        "request_type": "chat",
        "http_status": chance.choice((400, 401, 429, 500, 502, 529)),
        "error_type": chance.choice(("invalid_request_error", "server_error", "tokens")),
        "raw_error": error,
        "request_id": f"req_{number}",
        "duration_ms": chance.randrange(60_000),
        "stream": chance.random() < 0.5,
        "charged": chance.random() < 0.1,
    }


def _as_told(key: str, chance: random.Random) -> str:
    """Most vendors mask a key themselves; some gateways do not."""
    return key if chance.random() < 0.1 else f"{key[:5]}{'*' * 12}{key[-4:]}"
