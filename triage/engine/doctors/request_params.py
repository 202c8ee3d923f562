"""Parameters out of range, of the wrong type, or not taken by the endpoint's format.

Limits are those that vendors document for their chat formats; where they differ, the widest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .model_family import Format
from .request_finding import RequestFinding, error, warning


def check_params(body: Mapping[str, Any], form: Format) -> Iterator[RequestFinding]:
    if form in _STRANGERS:
        yield from _ranges(body, form)
        yield from _strangers(body, form)
    if form is Format.CHAT:
        yield from _chat(body)


@dataclass(frozen=True, slots=True)
class _Range:
    low: float
    high: float
    whole: bool = False


_RANGES = {
    "temperature": _Range(0, 2),
    "top_p": _Range(0, 1),
    "top_k": _Range(0, 100_000, whole=True),
    "n": _Range(1, 128, whole=True),
    "max_tokens": _Range(1, 10_000_000, whole=True),
    "max_completion_tokens": _Range(1, 10_000_000, whole=True),
    "max_output_tokens": _Range(1, 10_000_000, whole=True),
    "presence_penalty": _Range(-2, 2),
    "frequency_penalty": _Range(-2, 2),
    "top_logprobs": _Range(0, 20, whole=True),
    "seed": _Range(-(2**63), 2**63 - 1, whole=True),
}


def _ranges(body: Mapping[str, Any], form: Format) -> Iterator[RequestFinding]:
    for name, limits in _RANGES.items():
        value = body.get(name)
        if value is None:
            continue
        high = 1 if name == "temperature" and form is Format.ANTHROPIC else limits.high
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield _not_a_number(name)
        elif not limits.low <= value <= high:
            yield _out_of_range(name, limits.low, high)
        elif limits.whole and value != int(value):
            yield _not_whole(name)
    if "stream" in body and not isinstance(body["stream"], bool):
        yield error(
            "param_type",
            "stream",
            ("stream must be true or false.", "stream 必须是 true 或 false。"),
            ('Write "stream": true, without quotes around true.', '请写成 "stream": true，true 不加引号。'),
        )


def _not_a_number(name: str) -> RequestFinding:
    return error(
        "param_type",
        name,
        (f"{name} must be a number.", f"{name} 必须是数字。"),
        (f'Write "{name}": 1, without quotes around the number.', f'请写成 "{name}": 1，数字不加引号。'),
    )


def _out_of_range(name: str, low: float, high: float) -> RequestFinding:
    return error(
        "param_range",
        name,
        (f"{name} must lie between {low:g} and {high:g}.", f"{name} 应在 {low:g} 到 {high:g} 之间。"),
        ("Change the value, or leave the field out.", "请调整取值，或去掉该字段。"),
    )


def _not_whole(name: str) -> RequestFinding:
    return error(
        "param_type",
        name,
        (f"{name} must be a whole number.", f"{name} 必须是整数。"),
        ("Round it.", "请取整。"),
    )


_ONLY_CHAT = ("frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "n", "response_format")
_STRANGERS: dict[Format, dict[str, str]] = {
    Format.ANTHROPIC: {
        **dict.fromkeys(_ONLY_CHAT, ""),
        "stop": "stop_sequences",
        "max_completion_tokens": "max_tokens",
        "functions": "tools",
        "stream_options": "",
        "reasoning_effort": "",
    },
    Format.CHAT: {
        "stop_sequences": "stop",
        "max_output_tokens": "max_completion_tokens",
        "max_tokens_to_sample": "max_tokens",
        "system": 'a first message with "role": "system"',
        "input": "messages",
        "contents": "messages",
        "generationConfig": "top-level fields",
        "anthropic_version": "",
    },
    Format.RESPONSES: {
        "messages": "input",
        "max_tokens": "max_output_tokens",
        "max_completion_tokens": "max_output_tokens",
        "response_format": "text.format",
        "n": "",
        "stop": "",
    },
}


def _strangers(body: Mapping[str, Any], form: Format) -> Iterator[RequestFinding]:
    """Fields of another vendor's format."""
    for name, instead in _STRANGERS[form].items():
        if body.get(name) is None:
            continue
        fix = (
            (f"Use {instead} instead.", f"请改用 {instead}。")
            if instead
            else ("Remove it.", "请去掉该字段。")
        )
        yield warning(
            "param_of_other_format",
            name,
            (f"{name} belongs to another API format than this endpoint.", f"{name} 属于另一种接口格式。"),
            fix,
        )


def _chat(body: Mapping[str, Any]) -> Iterator[RequestFinding]:
    stop = body.get("stop")
    if isinstance(stop, list) and len(stop) > 4:
        yield error(
            "stop_count",
            "stop",
            ("stop takes at most 4 entries.", "stop 最多 4 项。"),
            ("Keep the four that matter.", "请保留最需要的四项。"),
        )
    if body.get("max_tokens") is not None and body.get("max_completion_tokens") is not None:
        yield error(
            "param_twice",
            "max_tokens",
            (
                "max_tokens and max_completion_tokens say the same thing.",
                "max_tokens 与 max_completion_tokens 含义相同，不能同时出现。",
            ),
            ("Keep one of the two.", "请只保留一个。"),
        )
    if body.get("top_logprobs") is not None and body.get("logprobs") is not True:
        yield _needs("top_logprobs", '"logprobs": true')
    if body.get("stream_options") is not None and body.get("stream") is not True:
        yield _needs("stream_options", '"stream": true')
    if body.get("tool_choice") not in (None, "none", "auto") and not body.get("tools"):
        yield _needs("tool_choice", "tools")


def _needs(name: str, other: str) -> RequestFinding:
    return error(
        "param_needs",
        name,
        (f"{name} is taken only together with {other}.", f"{name} 必须与 {other} 一起使用。"),
        (f"Add {other}, or remove {name}.", f"请加上 {other}，或去掉 {name}。"),
    )
