"""The way of a request: client → gateway → reseller → provider, with the hop that failed marked.

Every relay appends its own ` (request id: …)` to the message it hands on, so in a chain the last id is that of the
relay which the customer called, and the first stands nearest to the failure.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from .evidence import Evidence, Layer, Span

MAX_IDS = 16

_ID = re.compile(
    r"request[ _-]?id[\"'\\` ]{0,4}[:=：]?[\"'\\` ]{0,4}([A-Za-z0-9][\w.:-]{6,90})", re.IGNORECASE | re.ASCII
)
_RELAY_ID = re.compile(r"20\d{12}[0-9A-Za-z]{3,32}\Z", re.ASCII)
_PASSED_ON = (
    "upstream", "openai_error", "bad_response", "do_request_failed", "provider returned error", "error from provider",
    "exception - ", "上游", "relay error", "channel error",
)  # fmt: skip
_OWN_REFUSAL = (
    "no available channel", "无可用渠道", "额度不足", "insufficient_user_quota", "pre_consume", "invalid token", "令牌",
    "no deployments available", "invalid model name passed", "剩余额度", "token quota", "分组",
)  # fmt: skip
_NOT_SENT = (
    "econnrefused", "enotfound", "getaddrinfo", "name or service not known", "could not resolve", "certificate verify",
    "sslerror", "proxyerror", "illegal header", "connection refused", "failed to fetch", "unsupported protocol",
)  # fmt: skip


class Stage(StrEnum):
    CLIENT = "client"
    GATEWAY = "gateway"
    RESELLER = "reseller"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Hop:
    """One station of a request. `message` is what this station said, where it added words of its own."""

    stage: Stage
    request_id: str = ""
    message: str = ""
    http_status: int | None = None
    span: Span | None = None
    failing: bool = False


def hops(text: str, evidence: Evidence) -> tuple[Hop, ...]:
    """Stations from the customer to the failure; the failing one is marked. Only the client, where nothing is known."""
    low = text.lower()
    ids = _ids(text)
    relays = [hop for hop in ids if _RELAY_ID.match(hop.request_id)]
    vendors = [hop for hop in ids if not _RELAY_ID.match(hop.request_id)]
    stations = [Hop(Stage.CLIENT)]
    if _says(low, _NOT_SENT) and not relays:
        return (replace(stations[0], failing=True, message=_said(evidence.innermost)),)
    stations += _relays(relays, low, evidence)
    if _reached_provider(low, evidence, vendors, bool(relays)):
        stations.append(_provider(vendors, evidence))
    if len(stations) == 1:
        return tuple(stations)
    return (*stations[:-1], replace(stations[-1], failing=True))


def _ids(text: str) -> list[Hop]:
    """Every id once, in the order of the text: nearest to the failure first."""
    found: dict[str, Hop] = {}
    for match in _ID.finditer(text) if "request" in text.lower() else ():
        found.setdefault(match.group(1), Hop(Stage.GATEWAY, match.group(1), span=Span(*match.span(1))))
        if len(found) == MAX_IDS:
            break
    return list(found.values())


def _relays(relays: list[Hop], low: str, evidence: Evidence) -> list[Hop]:
    """The called gateway first, then the resellers behind it, in the order in which the request went."""
    outward = relays[::-1]
    if not outward and (_says(low, _OWN_REFUSAL) or _wraps(evidence)):
        outward = [Hop(Stage.GATEWAY)]
    if not outward:
        return []
    outer = evidence.layers[0] if evidence.layers else None
    gateway = replace(outward[0], stage=Stage.GATEWAY, message=_said(outer), http_status=_status(outer))
    return [gateway, *(replace(hop, stage=Stage.RESELLER) for hop in outward[1:])]


def _wraps(evidence: Evidence) -> bool:
    return any(_says(layer.message.lower(), _PASSED_ON) for layer in evidence.layers)


def _reached_provider(low: str, evidence: Evidence, vendors: list[Hop], relayed: bool) -> bool:
    if vendors or _wraps(evidence):
        return True
    if relayed or _says(low, _OWN_REFUSAL):
        return False
    return (
        bool(evidence.layers)
        and evidence.value("provider") is not None
        and evidence.value("http_status") is not None
    )


def _provider(vendors: list[Hop], evidence: Evidence) -> Hop:
    nearest = vendors[0] if vendors else Hop(Stage.PROVIDER)
    inner = evidence.innermost
    return replace(nearest, stage=Stage.PROVIDER, message=_said(inner), http_status=_status(inner))


def _says(low: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in low for phrase in phrases)


def _said(layer: Layer | None) -> str:
    return layer.message[:400] if layer else ""


def _status(layer: Layer | None) -> int | None:
    return layer.http_status if layer else None
