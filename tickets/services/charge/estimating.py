"""What a charge of unknown amount may have come to, by the operator's own price list."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tickets.models import ChargeLine
from tickets.services.gateway_model import offer
from triage.engine.doctors.cost import Price, PricedRequest, Unit, estimate

PLACES = Decimal("0.000001")


class Lack(StrEnum):
    """Why there is no estimate."""

    MODEL = "model"
    PRICE = "price"
    TOKENS = "tokens"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Estimate:
    """For one attempt. `amount` is None where something lacks."""

    amount: Decimal | None = None
    currency: str = ""
    price: Price | None = None
    lack: Lack | None = None


def estimate_of(model: str, lines: Iterable[ChargeLine]) -> Estimate:
    if not model:
        return Estimate(lack=Lack.MODEL)
    price = price_of(model)
    if price is None:
        return Estimate(lack=Lack.PRICE)
    told = list(lines)
    tokens_in = max((line.input_tokens or 0 for line in told), default=0)
    tokens_out = max((line.output_tokens or 0 for line in told), default=0)
    seconds = max((line.seconds or Decimal(0) for line in told), default=Decimal(0))
    if price.unit is Unit.PER_SECOND and not seconds:
        return Estimate(price=price, lack=Lack.SECONDS)
    if price.unit in (Unit.PER_1M_TOKENS, Unit.PER_1K_TOKENS) and not tokens_in + tokens_out:
        return Estimate(price=price, lack=Lack.TOKENS)
    request = PricedRequest(model, tokens_in, tokens_out, seconds)
    amount = estimate([request], {model: price}).total[price.currency]
    return Estimate(amount.quantize(PLACES), price.currency, price)


def price_of(model: str) -> Price | None:
    """By its name, or by another name that leads to it; whatever the case."""
    offered = offer()
    name = offered.aliases.get(model.lower(), model).lower()
    return next((price for listed, price in offered.prices.items() if listed.lower() == name), None)
