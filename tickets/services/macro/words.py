"""What a macro does and where it is offered, in words, without a ticket in hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tickets.models import CannedReplyText, Macro, Person, Ticket, VerdictChoice
from triage.engine.evidence import FIELDS
from triage.engine.macro import ME, NOBODY, SUGGESTED, Actions
from triage.engine.rule import Condition, Op, Test, When

from ..catalogue import cause_named
from ..language import listed
from .offering import parts_of


@dataclass(frozen=True, slots=True)
class Named:
    """Names of the people and the titles of the replies that macros speak of, read once for a whole list."""

    people: dict[str, str]
    replies: dict[str, str]

    @classmethod
    def by(cls, macros: Iterable[Macro]) -> "Named":
        actions = [parts_of(macro).actions for macro in macros]
        ids = {int(each.assign) for each in actions if each.assign.isdecimal()}
        texts = CannedReplyText.objects.filter(
            language=get_language() or "en", reply__slug__in={each.reply for each in actions if each.reply}
        )
        return cls(
            {str(person.pk): str(person) for person in Person.objects.filter(pk__in=ids)},
            dict(texts.values_list("reply__slug", "title")),
        )


def said_actions(macro: Macro, named: Named) -> list[str]:
    actions = parts_of(macro).actions
    return [*_at_the_desk(actions, named), *_to_the_customer(actions, named), *_in_the_end(actions)]


def said_conditions(macro: Macro) -> list[str]:
    """One phrase for each condition; all of them hold where it is offered."""
    return list(_phrases(parts_of(macro).when))


def _at_the_desk(actions: Actions, named: Named) -> Iterator[str]:
    if actions.confirm:
        yield _("Confirm the verdict")
    if actions.add_tags:
        yield _("Add the tags: %(tags)s") % {"tags": listed(actions.add_tags)}
    if actions.remove_tags:
        yield _("Take away the tags: %(tags)s") % {"tags": listed(actions.remove_tags)}
    if actions.assign == ME:
        yield _("Assign to whoever runs it")
    elif actions.assign == NOBODY:
        yield _("Assign to nobody")
    elif actions.assign:
        yield _("Assign to %(name)s") % {"name": named.people.get(actions.assign, "?")}
    if actions.note:
        yield _("Add a note that only the desk reads")
    if actions.escalate:
        yield _("Escalate to an engineer")


def _to_the_customer(actions: Actions, named: Named) -> Iterator[str]:
    if actions.ask:
        yield _("Ask for all that is missing")
    elif actions.reply == SUGGESTED:
        yield _("Send the first suggested reply")
    elif actions.reply:
        yield _("Send the reply “%(title)s”") % {"title": named.replies.get(actions.reply, actions.reply)}
    elif actions.letter:
        yield _("Send its own text")


def _in_the_end(actions: Actions) -> Iterator[str]:
    if actions.status:
        yield _("Status: %(status)s") % {"status": Ticket.Status(actions.status).label}
    if actions.snooze:
        yield {
            "reply": _("Snooze until the customer answers"),
            "incident": _("Snooze until the incident ends"),
            "hour": _("Snooze for an hour"),
            "tomorrow": _("Snooze until tomorrow morning"),
            "monday": _("Snooze until Monday morning"),
        }[actions.snooze]


def _phrases(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Test):
        yield _phrase(condition)
        return
    for part in condition.all:
        yield from _phrases(part)
    if condition.any:
        yield _(" or ").join(phrase for part in condition.any for phrase in _phrases(part))
    for part in condition.none:
        yield _("not: %(what)s") % {
            "what": listed(_phrases(part if isinstance(part, Test) else When(all=(part,))))
        }


def _phrase(test: Test) -> str:
    plain = _yes_no(test)
    if plain:
        return plain
    label = _label(test.signal)
    if test.op is Op.EXISTS:
        return (_("%(what)s is known") if test.operand else _("%(what)s is not known")) % {"what": label}
    values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    said = _(" or ").join(_value(test.signal, value) for value in values)
    if test.op is Op.STARTS_WITH:
        said = f"{said}*"
    elif test.op not in (Op.IS, Op.IN):
        return f"{label} {test.op} {said}"
    return _("%(what)s: %(value)s") % {"what": label, "value": said}


def _yes_no(test: Test) -> str:
    if test.op is not Op.IS or not isinstance(test.operand, bool):
        return ""
    yes, no = {
        "charged": (_("charged"), _("not charged")),
        "incident": (_("about an open incident"), _("about no open incident")),
        "escalated": (_("escalated"), _("not escalated")),
        "unanswered": (_("the customer spoke last"), _("we spoke last")),
        "assigned": (_("assigned"), _("assigned to nobody")),
        "mine": (_("assigned to whoever looks"), _("not assigned to whoever looks")),
        "confirmed": (_("verdict by a person"), _("verdict by the rules")),
    }.get(test.signal, ("", ""))
    return yes if test.operand else no


def _label(signal: str) -> str:
    if signal in FIELDS:
        return FIELDS[signal].in_language(get_language() or "en")
    return {
        "verdict": _("verdict"),
        "cause": _("cause"),
        "layer": _("layer"),
        "sureness": _("sureness"),
        "status": _("status"),
        "language": _("reply language"),
        "tag": _("tag"),
        "missing": _("missing"),
    }.get(signal, signal)


def _value(signal: str, value: Any) -> str:
    language = get_language() or "en"
    if signal == "verdict" and value in VerdictChoice.values:
        return str(VerdictChoice(value).label)
    if signal == "status" and value in Ticket.Status.values:
        return str(Ticket.Status(value).label)
    if signal == "cause" and not str(value).endswith("."):
        return cause_named(str(value)).title.in_language(language)
    if signal == "sureness":
        return {"sure": _("sure"), "likely": _("likely"), "unsure": _("unsure")}.get(str(value), str(value))
    return str(value)
