"""Fields of forms that are the same for everybody, drawn once: a ticket's page holds a dozen that few people open."""

from functools import lru_cache

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def kept_field(field: BoundField) -> SafeString:
    """As `_field.html` draws it. The form's class, the field and its value must say all that there is to draw."""
    return _drawn("_field.html", field)


@register.simple_tag
def kept_choices(field: BoundField) -> SafeString:
    """As `_choices.html` draws it; see `kept_field`."""
    return _drawn("_choices.html", field)


def _drawn(name: str, field: BoundField) -> SafeString:
    if field.form.is_bound:  # what somebody typed, and what is wrong with it
        return render_to_string(name, {"field": field})
    return _kept(name, get_language() or "en", _Asked(field))


class _Asked:
    """A field of an empty form. Two are equal where they are drawn alike."""

    def __init__(self, field: BoundField) -> None:
        self.field = field
        form = field.form
        self._says = (
            type(form), field.name, field.auto_id, form.use_required_attribute, str(field.value() or "")
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._says == other._says

    def __hash__(self) -> int:
        return hash(self._says)


@lru_cache(maxsize=1024)
def _kept(name: str, language: str, asked: _Asked) -> SafeString:
    """`language` is the active one."""
    return render_to_string(name, {"field": asked.field})
