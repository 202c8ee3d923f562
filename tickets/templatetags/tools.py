"""Pieces of the public tools."""

from django import template

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """Digits in groups of three, parted by a narrow space, as both languages read them."""
    return f"{number:,}".replace(",", "\u202f")
