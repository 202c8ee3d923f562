"""Separates limits that look alike in a 429: whose it is, how long to wait, and whether waiting helps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from ..context import NOTHING_KNOWN, Context
from ..evidence import Value
from ..verdict import Words
from .backoff import backoff_snippet
from .rate_limit_signs import LIMIT_SIGNS, SIGNS, Sign
from .rate_limit_words import BARE_WAIT, LAYER_WORDS, NEVER_WORDS, Layer, Never, waiting
from .wait_time import wait_seconds

__all__ = ["Layer", "Never", "RateLimitAdvice", "backoff_snippet", "separate"]


@dataclass(frozen=True, slots=True)
class RateLimitAdvice:
    """`limited` is false where nothing speaks of a limit; then `layer` is unknown and no wait is given."""

    layer: Layer
    wait_seconds: int | None
    never_heals: bool
    explanation: Words
    never: Never = Never.NO
    limited: bool = True


def separate(
    text: str,
    *,
    values: Mapping[str, Value] = MappingProxyType({}),
    context: Context = NOTHING_KNOWN,
    now: datetime | None = None,
) -> RateLimitAdvice:
    """Never raises. `values` are evidence: http_status, error_code, error_type, provider, retry_after.

    `now` serves only to turn a Retry-After date into seconds where the text shows no Date header.
    """
    codes = f"\n{values.get('error_type', '')} {values.get('error_code', '')} {values.get('provider', '')}"
    told = SIGNS.found(text + codes)
    wait = wait_seconds(text, now=now)
    if wait is None:
        wait = _stated(values.get("retry_after"))
    if not told & LIMIT_SIGNS and str(values.get("http_status", "")) not in ("429", "529"):
        return RateLimitAdvice(Layer.UNKNOWN, None, False, LAYER_WORDS[Layer.NONE], limited=False)
    never = _never(text, told)
    layer = _layer(told, context, values)
    return RateLimitAdvice(layer, wait, never is not Never.NO, _explain(layer, wait, never), never)


_COUNTS = re.compile(
    r"\blimit:? ?(\d[\d,]{0,14})\b.{0,60}?requested:? ?(\d[\d,]{0,14})", re.IGNORECASE | re.DOTALL
)


def _stated(value: Value | None) -> int | None:
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e9 else None


def _never(text: str, told: set[Sign]) -> Never:
    if Sign.ZERO in told:
        return Never.NOT_IN_PLAN
    if Sign.TOO_LARGE in told or (Sign.COUNTS in told and _asks_more_than_limit(text)):
        return Never.TOO_LARGE
    if Sign.MONEY in told:
        return Never.MONEY
    if Sign.QUOTA_WORDS in told and Sign.PACE_BY_QUOTA_WORDS not in told:
        return Never.MONEY
    return Never.NO


def _asks_more_than_limit(text: str) -> bool:
    found = _COUNTS.search(text)
    return found is not None and _count(found[2]) > _count(found[1]) > 0


def _count(written: str) -> int:
    return int(written.replace(",", ""))


def _layer(told: set[Sign], context: Context, values: Mapping[str, Value]) -> Layer:
    for sign, layer in _NAMED:
        if sign in told:
            return layer
    relayed = Sign.RELAY in told or context.values.get("gateway_log.upstream_status") in (429, 529)
    if Sign.ACCOUNT in told:
        return Layer.PROVIDER if relayed else Layer.CUSTOMER
    if Sign.GATEWAY in told:
        return Layer.GATEWAY
    if relayed or _many_others(context):
        return Layer.PROVIDER
    return Layer.GATEWAY if context.values.get("gateway_log.found") is False else Layer.UNKNOWN


# The first that is found decides: a limit that is named outranks what merely surrounds it.
_NAMED = (
    (Sign.GROUP, Layer.GROUP),
    (Sign.KEY, Layer.KEY),
    (Sign.OWN_AT_GATEWAY, Layer.CUSTOMER),
    (Sign.UPSTREAM, Layer.PROVIDER),
    (Sign.CAPACITY, Layer.CAPACITY),
)


def _many_others(context: Context) -> bool:
    accounts = context.values.get("failing_alike.accounts", 0)
    return isinstance(accounts, int) and accounts >= 3


def _explain(layer: Layer, wait: int | None, never: Never) -> Words:
    first = LAYER_WORDS[layer]
    pause = BARE_WAIT if wait is None else waiting(wait)
    then = NEVER_WORDS.get(never, pause)
    return Words(f"{first.en} {then.en}", first.zh + then.zh)
