"""What failed and retried requests may have cost, by the operator's own price list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ..verdict import Words


class Unit(StrEnum):
    PER_1K_TOKENS = "per_1k_tokens"
    PER_1M_TOKENS = "per_1m_tokens"
    PER_CALL = "per_call"
    PER_SECOND = "per_second"
    PER_IMAGE = "per_image"


@dataclass(frozen=True, slots=True)
class Price:
    """`amount` is for input tokens, calls, seconds or images; `output` for output tokens (None: as input)."""

    unit: Unit
    amount: Decimal
    currency: str = "USD"
    output: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PricedRequest:
    """`retries` counts the repetitions after the first attempt; each may have been charged again."""

    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: Decimal = Decimal(0)
    images: int = 1
    failed: bool = False
    retries: int = 0


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """Amounts by currency, unrounded; `failed` and `retried` hold if every attempt was charged."""

    total: Mapping[str, Decimal]
    failed: Mapping[str, Decimal]
    retried: Mapping[str, Decimal]
    unpriced: tuple[str, ...]
    explanation: Words


def estimate(requests: Iterable[PricedRequest], prices: Mapping[str, Price]) -> CostEstimate:
    """`prices` by model name, whatever its case. Negative counts count as nothing."""
    by_name = {name.lower(): price for name, price in prices.items()}
    sums = _Sums()
    for request in requests:
        price = by_name.get(request.model.lower())
        if price is None:
            sums.unpriced.setdefault(request.model)
        else:
            sums.add(request, price)
    unpriced = tuple(sums.unpriced)
    return CostEstimate(sums.total, sums.failed, sums.retried, unpriced, _explain(sums, len(unpriced)))


@dataclass(slots=True)
class _Sums:
    total: dict[str, Decimal] = field(default_factory=dict)
    failed: dict[str, Decimal] = field(default_factory=dict)
    retried: dict[str, Decimal] = field(default_factory=dict)
    unpriced: dict[str, None] = field(default_factory=dict)

    def add(self, request: PricedRequest, price: Price) -> None:
        once, again = _one_attempt(request, price), max(0, request.retries)
        _put(self.total, price.currency, once * (1 + again))
        if again:
            _put(self.retried, price.currency, once * again)
        if request.failed:
            _put(self.failed, price.currency, once * (1 + again))


def _put(sums: dict[str, Decimal], currency: str, amount: Decimal) -> None:
    sums[currency] = sums.get(currency, Decimal(0)) + amount


def _one_attempt(request: PricedRequest, price: Price) -> Decimal:
    if price.unit is Unit.PER_CALL:
        return price.amount
    if price.unit is Unit.PER_SECOND:
        return price.amount * max(Decimal(0), request.seconds)
    if price.unit is Unit.PER_IMAGE:
        return price.amount * max(0, request.images)
    size = 1000 if price.unit is Unit.PER_1K_TOKENS else 1_000_000
    output = price.amount if price.output is None else price.output
    tokens = price.amount * max(0, request.input_tokens) + output * max(0, request.output_tokens)
    return tokens / size


def _explain(sums: _Sums, unpriced: int) -> Words:
    en = [f"At most {_money(sums.failed)} for failed attempts, {_money(sums.retried)} for repetitions,"]
    en.append("if every attempt was charged; the gateway's records decide.")
    zh = [f"若每次尝试都扣费，失败请求最多 {_money(sums.failed)}，重试部分最多 {_money(sums.retried)}；"]
    zh.append("实际以网关扣费记录为准。")
    if unpriced:
        en.append(f"No price is known for {unpriced} model{'s' * (unpriced > 1)}: not included.")
        zh.append(f"有 {unpriced} 个模型没有价格，未计入。")
    return Words(" ".join(en), "".join(zh))


def _money(sums: Mapping[str, Decimal]) -> str:
    return " + ".join(f"{_plain(amount)} {currency}" for currency, amount in sums.items()) or "0"


def _plain(amount: Decimal) -> str:
    """Six places are enough for one token; trailing zeros say nothing."""
    text = f"{amount:.6f}".rstrip("0").rstrip(".")
    return text or "0"
