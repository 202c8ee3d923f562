"""The library `i18n` and the tag `url`, which remember what they said: a page of the desk says three hundred such
things, most of them always the same. The settings put it in the place of Django's.
"""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = template.Library()
register.tags = {**i18n.register.tags}
register.filters = {**i18n.register.filters}

Arguments = tuple[int | str, ...]
NUMBER = object()  # in the place of any
STAND_IN = 7_460_915_382_700  # for a number; the others of an address follow it


class KeptURLNode(URLNode):
    """Addresses of plain names and values. Which of several applications a name means depends on the request."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        values = [each.resolve(context) for each in (*self.args, *self.kwargs.values())]
        if self.asvar or ":" in str(name) or not all(isinstance(value, int | str) for value in values):
            return super().render(context)
        address = _address_here(str(name), tuple(self.kwargs), tuple(values))
        return conditional_escape(address) if context.autoescape else address


def address_of(name: str, *values: int | str) -> str:
    """The address of a page, for templates of Jinja."""
    return _address_here(name, (), values)


def _address_here(name: str, names: tuple[str, ...], values: Arguments) -> str:
    return _address(get_urlconf(), get_script_prefix(), name, names, values)


@lru_cache(maxsize=4096)
def _address(urlconf: str | None, prefix: str, name: str, names: tuple[str, ...], values: Arguments) -> str:
    """`names` are those of the last of the `values`."""
    numbers = tuple(value for value in values if _is_number(value))
    shape = tuple(NUMBER if _is_number(value) else value for value in values)
    form = _form(urlconf, prefix, name, names, shape)
    return _reversed(urlconf, name, names, values) if form is None else form % numbers


@lru_cache(maxsize=4096)
def _form(
    urlconf: str | None, prefix: str, name: str, names: tuple[str, ...], shape: tuple[object, ...]
) -> str | None:
    """The address with `%d` in the place of its numbers: a page leads to dozens of places of its own ticket. None if
    there is none, or if they stand in it in another order. The `prefix` is the one that is set.
    """
    values: Any = tuple(STAND_IN + place if value is NUMBER else value for place, value in enumerate(shape))
    try:
        address = _reversed(urlconf, name, names, values)
    except NoReverseMatch:
        return None
    pieces = re.split(rf"{STAND_IN // 100}\d\d", address)
    form = "%d".join(piece.replace("%", "%%") for piece in pieces)
    numbers = tuple(value for value, kept in zip(values, shape, strict=True) if kept is NUMBER)
    return form if len(pieces) == len(numbers) + 1 and form % numbers == address else None


def _reversed(urlconf: str | None, name: str, names: tuple[str, ...], values: Arguments) -> str:
    positional = len(values) - len(names)
    named = dict(zip(names, values[positional:], strict=True))
    return reverse(name, urlconf, values[:positional], named)


def _is_number(value: int | str) -> bool:
    return type(value) is int and value >= 0


class KeptTranslateNode(Node):
    """A text that stands in the template, said once for each language."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self._asked = TranslateNode(node.filter_expression, node.noop)
        self._asvar = node.asvar
        self._said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), context.autoescape)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._asked.render(context)
        if not self._asvar:
            return said
        context[self._asvar] = said
        return ""


@register.tag("url")
def kept_url(parser: Parser, token: Token) -> URLNode:
    node = url(parser, token)
    return KeptURLNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag("translate")
def kept_translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    return KeptTranslateNode(node) if _is_constant(node) else node


def _is_constant(node: TranslateNode) -> bool:
    said: Any = node.filter_expression
    return not said.filters and said.var.literal is not None and node.message_context is None
