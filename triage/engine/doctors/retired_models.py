"""Which models their makers have shut down, when, and what they name as successor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

_TABLE = Path(__file__).with_name("retired_models.yaml")


@dataclass(frozen=True, slots=True)
class RetiredModel:
    """`successor` is "" where none was named. `by_maker` is false where only the operator withdrew it."""

    name: str
    date: date
    successor: str
    by_maker: bool = True


@cache
def retired_models() -> Mapping[str, RetiredModel]:
    table: dict[str, dict[str, tuple[date, str]]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    models = (
        RetiredModel(name, day, heir) for maker in table.values() for name, (day, heir) in maker.items()
    )
    return MappingProxyType({model.name: model for model in models})
