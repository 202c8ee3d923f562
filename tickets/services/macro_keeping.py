"""Macros that people keep for themselves or for everybody."""

import secrets
from typing import Any

from django.db import transaction

from tickets.models import Macro, Person
from tickets.models.macro import MacroQuerySet

from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("name", "folder", "actions", "conditions", "owner")


def kept_for(person: Person, *, only: str = "") -> MacroQuerySet:
    """Those that the person sees, folder by folder; `only` the own or the retired ones."""
    macros = Macro.objects.visible_to(person).select_related("owner", "changed_by")
    match only:
        case "own":
            return macros.filter(owner=person)
        case "retired":
            return macros.filter(is_active=False)
    return macros


@transaction.atomic
def save_macro(macro: Macro, *, by: Person, for_all: bool, **fields: Any) -> Macro:
    """Keep what the form said. A new one gets its place behind the others of its folder. What is for everybody, or was,
    is noted: it acts in everybody's hand.
    """
    known = Macro.objects.filter(pk=macro.pk).first() if macro.pk else None
    was_shared = known is not None and known.owner_id is None
    before = state_of(known, FIELDS) if known else {}
    for name, value in fields.items():
        setattr(macro, name, value)
    macro.owner = None if for_all else macro.owner or by
    macro.changed_by = by
    if macro.pk is None:
        macro.slug = f"own-{secrets.token_hex(6)}"
        macro.position = Macro.objects.filter(folder=macro.folder).count()
    macro.save()
    if was_shared or macro.owner_id is None:
        after = state_of(macro, FIELDS)
        if changed := differences(before, after):
            note_change(About.MACRO, Kind.SAVED if was_shared else Kind.ADDED, macro, by=by, data=changed)
    return macro


def retire(macro: Macro, *, by: Person) -> None:
    """Offer it no more; what it did stays in the record. Built-in ones stay retired when they are loaded again."""
    _offer(macro, by, is_active=False)


def offer_again(macro: Macro, *, by: Person) -> None:
    _offer(macro, by, is_active=True)


@transaction.atomic
def _offer(macro: Macro, by: Person, *, is_active: bool) -> None:
    macro.is_active, macro.changed_by = is_active, by
    macro.save(update_fields=["is_active", "changed_by", "changed_at"])
    if macro.owner_id is None:
        note_change(About.MACRO, Kind.SAVED, macro, by=by, data={"is_active": [not is_active, is_active]})
