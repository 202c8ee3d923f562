"""What the operator offers: model names, what people call them, what was withdrawn, and prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .cost import Price
from .retired_models import RetiredModel


@dataclass(frozen=True, slots=True)
class Offer:
    """`aliases` lead from another name, in lower case, to the offered one. `retired` and `prices` are by name."""

    names: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    retired: Mapping[str, RetiredModel] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)


NOTHING_LISTED = Offer()
