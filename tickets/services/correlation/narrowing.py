"""What an unusual count is about: the narrowest place that explains nearly all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from .place import Place

NEARLY_ALL = 0.88
MOST = 0.5  # holds the most; the rest may be noise unless it stands at several
SEVERAL = 3  # providers at which it must be seen to be everywhere
SEEN = 4.0  # nats, to be seen at one
BY_CHANCE = log(1e-3)  # so improbable must it be that the others were spared by chance
MOST_OF_TRAFFIC = 0.97


@dataclass(frozen=True, slots=True)
class Part:
    """What one scope adds to the picture: pairs above its baseline, and the accounts behind them."""

    place: Place
    excess: float
    accounts: int
    surprise: float


def narrowest(seed: Place, parts: Sequence[Part], traffic: Mapping[Place, float]) -> Place | None:
    """`parts` are scopes of the seed's error, or sums over errors when it has none. `traffic` is what usually fails
    where, whatever the error: that all of it came from the only model of a provider says nothing about the model.
    None where it cannot be told yet.
    """
    within = Place(fingerprint=seed.fingerprint)
    provider = _leading(within, "provider", parts)
    if provider is None and _leading(within, "model", parts) is None and not _is_at_several(within, parts):
        provider = _leading(within, "provider", parts, share=MOST)
        if provider is None:
            return None
    if provider is not None:
        within = within._replace(provider=provider.place.provider)
    place = within
    for field in ("model", "route"):
        leading = _leading(within, field, parts)
        if leading is not None and not _may_be_chance(leading, within, field, traffic):
            place = place._replace(**{field: getattr(leading.place, field)})
    return place


def _is_at_several(within: Place, parts: Sequence[Part]) -> bool:
    return sum(part.surprise >= SEEN for part in _parts_by(within, "provider", parts)) >= SEVERAL


def _leading(within: Place, field: str, parts: Sequence[Part], *, share: float = NEARLY_ALL) -> Part | None:
    """The part that holds nearly all of the excess, among those that differ in this field."""
    alike = _parts_by(within, field, parts)
    total = sum(max(0.0, part.excess) for part in alike)
    top = max(alike, key=lambda part: part.excess, default=None)
    return top if top and total > 0 and top.excess >= share * total else None


def _parts_by(within: Place, field: str, parts: Sequence[Part]) -> list[Part]:
    return [
        part
        for part in parts
        if getattr(part.place, field) is not None and part.place._replace(**{field: None}) == within
    ]


def _may_be_chance(part: Part, within: Place, field: str, traffic: Mapping[Place, float]) -> bool:
    whole = Place(provider=within.provider)
    share = (traffic.get(whole._replace(**{field: getattr(part.place, field)}), 0.0) + 1) / (
        traffic.get(whole, 0.0) + 2
    )
    return part.accounts * log(min(share, MOST_OF_TRAFFIC)) > BY_CHANCE
