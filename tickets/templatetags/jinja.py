"""Parts of a page that are drawn by Jinja: it takes a fifth of the time that Django's templates take for what comes in
fifties, as the rows of a list do.
"""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from jinja2 import Environment

from .desk import ago, cause_title, icon, lang_tag, masked, tone, verdict_icon, waited
from .kept import address_of
from .work import time_left, wakes

register = template.Library()


def environment(*, autoescape: bool, **options: Any) -> Environment:
    """What templates of Jinja may use beside what is given to them. They escape, whatever else is asked for."""
    made = Environment(**options, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {"_": gettext, "icon": icon, "url": address_of}
    filters = (ago, cause_title, lang_tag, masked, time_left, tone, verdict_icon, waited, wakes)
    made.filters |= {each.__name__: each for each in filters}
    return made


@register.simple_tag(takes_context=True)
def include_jinja(context: template.Context, name: str, **only: Any) -> SafeString:
    """As `include`, of a template for Jinja, with the variables of the page or with the named ones `only`. No variable
    may be named `_`, `icon` or `url`.
    """
    given: dict[str, Any] = only or {str(key): value for key, value in context.flatten().items()}
    drawn = get_template(name, using="jinja2").render(given)
    return mark_safe(drawn)  # noqa: S308 – of a template, which escapes
