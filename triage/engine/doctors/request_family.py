"""Parameters that one family of models does not take, though the format knows them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from .model_family import Family, Format
from .request_finding import RequestFinding, error, warning


def check_family(body: Mapping[str, Any], form: Format, family: Family) -> Iterator[RequestFinding]:
    if form is Format.ANTHROPIC:
        yield from _anthropic(body)
    if family is Family.REASONING and form in (Format.CHAT, Format.RESPONSES):
        yield from _reasoning(body, form)
    if family is Family.CLAUDE:
        yield from _claude(body)


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
