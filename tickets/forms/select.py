from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Group = tuple[Any, Any]  # a value and its label, or the title of a group and its values with their labels


class PlainSelect(forms.Select):
    """A select that writes itself, and remembers what it wrote. Django renders a template for each option, which a page
    with the list of causes in three forms feels.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = frozenset(str(each) for each in self.format_value(value))
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        groups = tuple(_frozen(*choice) for choice in self.choices)
        return format_html("<select{}>\n{}</select>", flatatt(attributes), _drawn(groups, chosen))


def _frozen(value: Any, label: Any) -> Group:
    if isinstance(label, list | tuple):
        return str(value), tuple((str(each), str(title)) for each, title in label)
    return str(value), str(label)


@lru_cache(maxsize=256)
def _drawn(groups: tuple[Group, ...], chosen: frozenset[str]) -> SafeString:
    return format_html_join("", "{}", ((_group(*group, chosen=chosen),) for group in groups))


def _group(value: str, label: Any, *, chosen: frozenset[str]) -> SafeString:
    if not isinstance(label, tuple):
        return _options([(value, label)], chosen)
    return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))


def _options(choices: Iterable[Group], chosen: frozenset[str]) -> SafeString:
    rows = ((value, SafeString(" selected") if value in chosen else "", label) for value, label in choices)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
