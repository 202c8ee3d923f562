"""Fields of forms that are the same for everybody, drawn once: a ticket's page holds a dozen that few people open."""

from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 1024
_kept: dict[tuple[Any, ...], SafeString] = {}  # not the fields: each would keep its whole form


@register.simple_tag
def kept_field(field: BoundField) -> SafeString:
    """As `_field.html` draws it. The form's class, the field and its value must say all that there is to draw."""
    return _drawn("_field.html", field)


@register.simple_tag
def kept_choices(field: BoundField) -> SafeString:
    """As `_choices.html` draws it; see `kept_field`."""
    return _drawn("_choices.html", field)


def _drawn(name: str, field: BoundField) -> SafeString:
    form = field.form
    if form.is_bound:  # what somebody typed, and what is wrong with it
        return render_to_string(name, {"field": field})
    key = (
        name, get_language(), type(form), field.html_name, field.auto_id, form.use_required_attribute,
        str(field.value() or ""),
    )  # fmt: skip
    drawn = _kept.get(key)
    if drawn is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        drawn = _kept[key] = render_to_string(name, {"field": field})
    return drawn
