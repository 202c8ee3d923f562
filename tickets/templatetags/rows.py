"""The rows of a list. They are drawn by Jinja, which takes a fifth of the time that Django's templates take for them:
fifty rows of sixty pieces each were half of an inbox.
"""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from jinja2 import Environment

from .desk import icon, waited
from .work import time_left, wakes

register = template.Library()


def environment(**options: Any) -> Environment:
    """What templates of Jinja may use beside what is given to them."""
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 – Django turns escaping on
    made.globals["icon"] = icon
    made.filters |= {"waited": waited, "time_left": time_left, "wakes": wakes}
    return made


@register.simple_tag(takes_context=True)
def ticket_rows(context: template.Context) -> SafeString:
    """The rows of a table: what `tickets.views.row.table_of` gave the page."""
    words = {
        "select": _("Select"),
        "unread": _("unread"),
        "charged": _("charged"),
        "draft": _("draft"),
        "wrote_last": _("Customer wrote last"),
        "alike": _("alike"),
        "alike_hint": _("Tickets with the same error in the last hour"),
        "away": _("away"),
        "nobody": _("nobody yet"),
    }
    shown = {name: context[name] for name in ("rows", "cells", "can_work")}
    drawn = get_template("desk/rows.jinja", using="jinja2").render({**shown, "words": words})
    return mark_safe(drawn)  # noqa: S308 – of a template, which escapes
