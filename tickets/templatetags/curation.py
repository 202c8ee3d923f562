"""Pieces of the pages where admins keep what the desk goes by."""

from collections.abc import Iterable
from decimal import Decimal

from django import template

from tickets.permissions import Viewer, can_manage_models, can_manage_work
from tickets.services.amount import written

register = template.Library()
NAMES_SHOWN = 6


@register.filter
def may_manage_models(viewer: Viewer) -> bool:
    return can_manage_models(viewer)


@register.filter
def may_manage_work(viewer: Viewer) -> bool:
    return can_manage_work(viewer)


@register.filter
def plain_number(number: Decimal) -> str:
    """An amount of money, with two decimals or as many as it has."""
    return written(number)


@register.filter
def first_names(entries: Iterable[object]) -> str:
    """The first names of an import, and a sign that there are more."""
    names = [entry if isinstance(entry, str) else getattr(entry, "name", "") for entry in entries]
    return ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")


@register.filter
def cut_words(words: str) -> list[str]:
    return words.split()
