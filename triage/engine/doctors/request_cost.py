"""The price of one failed request and its repetitions, from what is known of its size."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from ..evidence import Value
from ..verdict import Words
from .cost import Price, PricedRequest, Unit, estimate
from .token_estimate import TokenEstimate
from .usage import Usage, read_usage

_TOKENS = (Unit.PER_1K_TOKENS, Unit.PER_1M_TOKENS)
_LENGTHS = ("seconds", "duration", "duration_seconds", "durationSeconds")


def request_cost(
    values: Mapping[str, Value],
    body: Mapping[str, Any],
    sent: TokenEstimate | None,
    text: str,
    prices: Mapping[str, Price],
) -> Words | None:
    """None where the model has no price, or nothing is known of what the price counts.

    `sent` estimates the request's own tokens. Counts that the answer states outrank it.
    """
    model = str(values.get("model", ""))
    price = next((price for name, price in prices.items() if name.lower() == model.lower()), None)
    if price is None or not model:
        return None
    usage = read_usage(text) if price.unit in _TOKENS else None
    seconds = _seconds(body) if price.unit is Unit.PER_SECOND else Decimal(0)
    if (price.unit in _TOKENS and usage is None and sent is None) or seconds is None:
        return None
    request = PricedRequest(
        model=model,
        input_tokens=usage.input_tokens if usage else sent.high if sent else 0,
        output_tokens=usage.output_tokens if usage else _most_made(body),
        seconds=seconds,
        images=_count(body.get("n")) or 1,
        failed=True,
        retries=_count(values.get("retries")) or 0,
    )
    found = estimate([request], prices).explanation
    basis = _basis(price.unit, usage, request, most=_most_made(body))
    return Words(f"{found.en} {basis.en}".strip(), found.zh + basis.zh)


def _basis(unit: Unit, usage: Usage | None, request: PricedRequest, *, most: int) -> Words:
    if unit not in _TOKENS:
        return Words("", "")
    if usage:
        return Words(
            f"The answer states {usage.input_tokens:,} tokens in and {usage.output_tokens:,} out.",
            f"返回内容写明输入 {usage.input_tokens:,}、输出 {usage.output_tokens:,} 个 token。",
        )
    if most:
        return Words(
            f"Reckoned with {request.input_tokens:,} tokens in and at most {most:,} out, as the request allows.",
            f"按输入 {request.input_tokens:,} 个 token、输出上限 {most:,} 个 token（请求里的设置）计算。",
        )
    return Words(
        f"Reckoned with {request.input_tokens:,} tokens in; what was generated before it failed comes on top.",
        f"按输入 {request.input_tokens:,} 个 token 计算；失败前已生成的输出另计。",
    )


def _most_made(body: Mapping[str, Any]) -> int:
    limits = (body.get(name) for name in ("max_completion_tokens", "max_output_tokens", "max_tokens"))
    return next((limit for given in limits if (limit := _count(given))), 0)


def _seconds(body: Mapping[str, Any]) -> Decimal | None:
    given = next((body[name] for name in _LENGTHS if name in body), None)
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        seconds = Decimal(str(given))
    except InvalidOperation:
        return None
    return seconds if seconds.is_finite() and 0 < seconds < 100_000 else None


def _count(given: object) -> int | None:
    if isinstance(given, bool) or not isinstance(given, int):
        return None
    return given if 0 <= given < 10**9 else None
