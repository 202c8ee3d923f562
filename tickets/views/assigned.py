"""Assignment by a rule, as a sentence: to whom, by which rule, and why."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import AssignmentRule
from tickets.services.language import listed


def assigned_by_rule(data: dict[str, Any]) -> str:
    """Assigned to Ana by “Everything”, whose turn it was; passed over: Li (away)"""
    named = {"to": data.get("name"), "rule": data.get("rule")}
    if data.get("mode") == AssignmentRule.Mode.LOAD:
        count = data.get("load") or 0
        sentence = ngettext(
            "Assigned to %(to)s by “%(rule)s”: the least in hand, %(count)d ticket",
            "Assigned to %(to)s by “%(rule)s”: the least in hand, %(count)d tickets",
            count,
        ) % {**named, "count": count}
    else:
        sentence = _("Assigned to %(to)s by “%(rule)s”: their turn") % named
    return _with_passed(sentence, data.get("passed", ()))


def not_assigned(data: dict[str, Any]) -> str:
    sentence = _("“%(rule)s” found nobody free; it waits for somebody") % {"rule": data.get("rule")}
    return _with_passed(sentence, data.get("passed", ()))


def _with_passed(sentence: str, passed: Iterable[dict[str, str]]) -> str:
    why = {"away": _("away"), "full": _("has enough in hand")}
    names = [f"{each['name']} ({why.get(each['why'], each['why'])})" for each in passed]
    if not names:
        return sentence
    return _("%(sentence)s. Passed over: %(names)s") % {"sentence": sentence, "names": listed(names)}
