"""The operator's list of models: what the engine sees of it, and every way to change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import AuditEntry, GatewayModel, GatewayModelChange, Person
from triage.engine.doctors.cost import Price, Unit
from triage.engine.doctors.offer import NOTHING_LISTED, Offer
from triage.engine.doctors.retired_models import RetiredModel

from . import outbox
from .audit import note

PRICE_FIELDS = ("unit", "price", "output_price", "currency")
FIELDS = ("also_called", "retired_at", "successor", *PRICE_FIELDS)


class Mode(StrEnum):
    """What an import does with models that are, or are not, on the list."""

    UPDATE = "update"
    PRICES = "prices"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Listed:
    """One model as an import names it. `values` holds only what the import says, by field."""

    name: str
    values: Mapping[str, Any]

    @property
    def prices(self) -> "Listed":
        return Listed(
            self.name, {field: self.values[field] for field in PRICE_FIELDS if field in self.values}
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `changed` gives before and after by name and field; `left_out` are not listed."""

    added: tuple[Listed, ...]
    changed: Mapping[str, Mapping[str, tuple[Any, Any]]]
    removed: tuple[str, ...]
    left_out: tuple[str, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def offer() -> Offer:
    """What the gateway offers today. Read once for each change of the list, and kept in this process."""
    latest = GatewayModelChange.objects.order_by("-pk").values_list("pk", "at").first()
    return _offer(latest, timezone.localdate()) if latest else NOTHING_LISTED


def offered_context() -> dict[str, Any]:
    """The list as part of the engine's `context`; empty where the operator keeps none."""
    names = offer().names
    return {"models": list(names)} if names else {}


@transaction.atomic
def save_model(model: GatewayModel, *, by: Person) -> GatewayModel:
    """Keep a model as a form left it, and note what changed."""
    before = GatewayModel.objects.filter(pk=model.pk).first() if model.pk else None
    model.changed_by = by
    model.save()
    if before is None:
        _note(GatewayModelChange.Kind.SAVED, by, added=[model.name])
    else:
        changed = _difference(before, {"name": model.name, **{name: getattr(model, name) for name in FIELDS}})
        if changed:
            _note(GatewayModelChange.Kind.SAVED, by, changed={model.name: changed})
    return model


@transaction.atomic
def remove_model(model: GatewayModel, *, by: Person) -> None:
    _note(GatewayModelChange.Kind.REMOVED, by, removed=[model.name])
    model.delete()


def plan_import(listed: Iterable[Listed], mode: Mode) -> Plan:
    """Compare a list with what is there. Stores nothing."""
    known = {model.name: model for model in GatewayModel.objects.all()}
    prices_only = mode is Mode.PRICES
    wanted = {entry.name: entry.prices if prices_only else entry for entry in listed}
    changed = {}
    for name in wanted.keys() & known.keys():
        difference = _difference(known[name], wanted[name].values)
        if difference:
            changed[name] = difference
    fresh = [entry for name, entry in wanted.items() if name not in known]
    return Plan(
        added=() if prices_only else tuple(fresh),
        changed=dict(sorted(changed.items())),
        removed=tuple(sorted(known.keys() - wanted.keys())) if mode is Mode.REPLACE else (),
        left_out=tuple(entry.name for entry in fresh) if prices_only else (),
        same=len(wanted.keys() & known.keys()) - len(changed),
    )


@transaction.atomic
def import_models(plan: Plan, *, by: Person) -> None:
    """Do what the plan says, as one change."""
    if plan.is_empty:
        return
    now = timezone.now()
    GatewayModel.objects.filter(name__in=plan.removed).delete()
    GatewayModel.objects.bulk_create(
        [GatewayModel(name=entry.name, changed_by=by, **entry.values) for entry in plan.added], batch_size=200
    )
    touched = list(GatewayModel.objects.filter(name__in=plan.changed))
    for model in touched:
        for field, (_, after) in plan.changed[model.name].items():
            setattr(model, field, after)
        model.changed_by, model.changed_at = by, now
    GatewayModel.objects.bulk_update(touched, [*FIELDS, "changed_by", "changed_at"], batch_size=100)
    _note(
        GatewayModelChange.Kind.IMPORTED,
        by,
        added=[entry.name for entry in plan.added],
        removed=list(plan.removed),
        changed=plan.changed,
    )


@lru_cache(maxsize=2)
def _offer(latest: tuple[int, datetime], today: date) -> Offer:
    """`latest` names the state of the list: number and time of its newest change."""
    models = list(GatewayModel.objects.all())
    gone = [model for model in models if model.retired_at is not None and model.retired_at <= today]
    offered = [model for model in models if model.retired_at is None or model.retired_at > today]
    return Offer(
        names=tuple(model.name for model in offered),
        aliases={alias.lower(): model.name for model in offered for alias in model.aliases},
        retired={
            name.lower(): RetiredModel(name, model.retired_at or today, model.successor, by_maker=False)
            for model in gone
            for name in (model.name, *model.aliases)
        },
        prices={
            model.name: Price(Unit(model.unit), model.price, model.currency, model.output_price)
            for model in models
            if model.price is not None
        },
    )


def _difference(model: GatewayModel, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    now = {field: getattr(model, field) for field in values}
    return {field: (now[field], after) for field, after in values.items() if now[field] != after}


def _note(kind: str, by: Person, **data: Any) -> None:
    GatewayModelChange.objects.create(kind=kind, by=by, data=_plain(data))
    counts = {name: len(values) for name, values in data.items() if values}  # the change itself keeps what
    note(AuditEntry.Kind.MODELS, by=by, about=kind, after=counts)
    outbox.add("estimate_charges")


def _plain(value: Any) -> Any:
    """As JSON keeps it: prices and dates as text."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
