from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A select that writes itself. Django renders a template for each option, which a page with the list of causes
    in three forms feels.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        choices: Iterable[tuple[Any, Any]] = self.choices
        groups = format_html_join("", "{}", ((self._group(*pair, chosen=chosen),) for pair in choices))
        return format_html("<select{}>\n{}</select>", flatatt(attributes), groups)

    def _group(self, value: Any, label: Any, *, chosen: set[str]) -> SafeString:
        if not isinstance(label, list | tuple):
            return self._options([(value, label)], chosen)
        return format_html('<optgroup label="{}">{}</optgroup>', value, self._options(label, chosen))

    def _options(self, choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
        rows = (
            (value, SafeString(" selected") if str(value) in chosen else "", label)
            for value, label in choices
        )
        return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
