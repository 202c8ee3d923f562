"""Parameters out of range, of the wrong type, or not taken by the model's family or the endpoint's format.

Limits are those that vendors document for their chat formats; where they differ, the widest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from .model_family import Family, Format
from .request_finding import RequestFinding, error, warning


def check_params(body: Mapping[str, Any], form: Format, family: Family) -> Iterator[RequestFinding]:
    if form in (Format.CHAT, Format.ANTHROPIC, Format.RESPONSES):
        yield from _ranges(body, form)
        yield from _strangers(body, form)
    if form is Format.CHAT:
        yield from _chat(body)
    if form is Format.ANTHROPIC:
        yield from _anthropic(body)
    if family is Family.REASONING and form in (Format.CHAT, Format.RESPONSES):
        yield from _reasoning(body, form)
    if family is Family.CLAUDE:
        yield from _claude(body)


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


def _anthropic(body: Mapping[str, Any]) -> Iterator[RequestFinding]:
    limit = body.get("max_tokens")
    if limit is None:
        yield error(
            "max_tokens_missing",
            "max_tokens",
            ("The Messages format demands max_tokens.", "Messages 格式必须带 max_tokens。"),
            ('Add "max_tokens": 1024', '请加上 "max_tokens": 1024'),
        )


def _reasoning(body: Mapping[str, Any], form: Format) -> Iterator[RequestFinding]:
    if form is Format.CHAT and body.get("max_tokens") is not None:
        yield error(
            "reasoning_max_tokens",
            "max_tokens",
            ("Reasoning models do not take max_tokens.", "推理模型不接受 max_tokens。"),
            (
                "Rename it to max_completion_tokens, and leave room for the thinking.",
                "请改名为 max_completion_tokens，并为思考过程留出余量。",
            ),
        )
    for name, usual in (("temperature", 1), ("top_p", 1), ("presence_penalty", 0), ("frequency_penalty", 0)):
        if body.get(name) not in (None, usual):
            yield warning(
                "reasoning_sampling",
                name,
                (
                    f"Reasoning models take {name} only at its default {usual}, or not at all.",
                    f"推理模型的 {name} 只能用默认值 {usual}，或不支持。",
                ),
                ("Remove it.", "请去掉该字段。"),
            )
    for name in ("logprobs", "top_logprobs", "logit_bias"):
        if body.get(name):
            yield warning(
                "reasoning_sampling",
                name,
                (f"Reasoning models do not take {name}.", f"推理模型不支持 {name}。"),
                ("Remove it.", "请去掉该字段。"),
            )


def _claude(body: Mapping[str, Any]) -> Iterator[RequestFinding]:
    if body.get("temperature") is not None and body.get("top_p") is not None:
        yield warning(
            "claude_two_samplers",
            "top_p",
            (
                "Newer Claude models take temperature or top_p, not both.",
                "较新的 Claude 模型不能同时设置 temperature 和 top_p。",
            ),
            ("Keep temperature, remove top_p.", "请保留 temperature，去掉 top_p。"),
        )
    thinking = body.get("thinking")
    if isinstance(thinking, Mapping) and thinking.get("type") == "enabled":
        yield from _thinking(body, thinking)


def _thinking(body: Mapping[str, Any], thinking: Mapping[str, Any]) -> Iterator[RequestFinding]:
    budget, limit = thinking.get("budget_tokens"), body.get("max_tokens")
    if not _number(budget) or budget < 1024:
        yield error(
            "thinking_budget",
            "thinking.budget_tokens",
            ("The thinking budget must be a number of at least 1024.", "思考预算必须是不小于 1024 的数字。"),
            ('Set "budget_tokens": 1024 or more.', '请设为 "budget_tokens": 1024 或更大。'),
        )
    elif _number(limit) and limit <= budget:
        yield error(
            "thinking_budget",
            "max_tokens",
            ("max_tokens must be greater than the thinking budget.", "max_tokens 必须大于思考预算。"),
            (
                f"Set max_tokens to {int(budget) + 1024} or more.",
                f"请把 max_tokens 设为 {int(budget) + 1024} 以上。",
            ),
        )
    if body.get("temperature") not in (None, 1):
        yield error(
            "thinking_temperature",
            "temperature",
            ("With thinking, temperature must be 1.", "开启思考时 temperature 只能是 1。"),
            ("Remove temperature.", "请去掉 temperature。"),
        )


def _number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
