"""All that a macro would do to a ticket, told before it is done."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tickets.models import CannedReply, Macro, Person, Ticket
from triage.engine.evidence import FIELDS, Span
from triage.engine.macro import ME, NOBODY, SUGGESTED, Actions
from triage.engine.reply import Gap, fill
from triage.engine.verdict import Words

from ..catalogue import cause_named
from ..evidence_request import request_text
from ..family import names_of, readers_of
from ..language import listed
from ..reply import filled_reply, values_for_reply
from ..wake_times import wake_time
from .case import Case
from .offering import hindrance, parts_of, person_named


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that the macro does. `is_idle` where it stands so already; `stays` where undo cannot take it back."""

    kind: str
    words: str
    is_idle: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What the customer would get. Questions for missing facts are worded by their reply and not edited."""

    text: str
    canned_reply: CannedReply | None = None
    gaps: tuple[Gap, ...] = ()
    is_fixed: bool = False
    filled: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    macro: Macro
    actions: Actions
    hindrance: str
    effects: tuple[Effect, ...] = ()
    letter: Letter | None = None
    note: str = ""
    reason: str = ""
    missing: tuple[str, ...] = ()
    assignee: Person | None = None


def plan_of(macro: Macro, ticket: Ticket, *, by: Person) -> Plan:
    parts, case = parts_of(macro), Case(ticket, by)
    why_not = hindrance(parts, case)
    if why_not:
        return Plan(macro, parts.actions, why_not)
    actions = parts.actions
    letter = _letter(actions, case)
    if actions.writes and letter is None:
        return Plan(macro, actions, _("Its reply is not offered any more."))
    assignee = by if actions.assign == ME else _assignee(actions)
    effects = (
        *_on_verdict(actions, case),
        *_on_tags(actions, case),
        *_on_assignee(actions, case, assignee),
        *_on_the_desk(actions, case),
        *_to_the_customer(actions, case),
        *_in_the_end(actions, case),
    )
    return Plan(
        macro,
        actions,
        "",
        effects,
        letter,
        _text(actions.note, case, by.language),
        _text(actions.escalate, case, by.language) if not case.is_escalated else "",
        case.missing,
        assignee,
    )


def _assignee(actions: Actions) -> Person | None:
    return None if actions.assign in ("", NOBODY) else person_named(actions.assign)


def _letter(actions: Actions, case: Case) -> Letter | None:
    ticket = case.ticket
    if actions.ask:
        return Letter(request_text(ticket, case.missing), is_fixed=True)
    if actions.letter is not None:
        values = values_for_reply(ticket, case.verdict)
        filled = fill(actions.letter.in_language(ticket.language), values, ticket.language)
        return Letter(filled.text, gaps=filled.gaps, filled=filled.filled)
    if not actions.reply:
        return None
    reply = case.suggested if actions.reply == SUGGESTED else filled_reply(ticket, actions.reply, by=case.by)
    return Letter(reply.text, reply.reply, reply.gaps, filled=reply.filled) if reply else None


def _text(words: Words | None, case: Case, language: str) -> str:
    """In the person's language, or in the one that there is."""
    if words is None:
        return ""
    text = words.in_language(language) or words.en or words.zh
    return fill(text, values_for_reply(case.ticket, case.verdict), language).text


def _on_verdict(actions: Actions, case: Case) -> list[Effect]:
    if not actions.confirm:
        return []
    if case.ticket.verdict_by_person:
        return [Effect("confirm", _("The verdict is a person's already"), is_idle=True)]
    cause = cause_named(case.ticket.cause).title.in_language(get_language() or "en")
    verdict = case.ticket.get_verdict_display()
    return [
        Effect(
            "confirm", _("Confirm the verdict: %(verdict)s, %(cause)s") % {"verdict": verdict, "cause": cause}
        )
    ]


def _on_tags(actions: Actions, case: Case) -> list[Effect]:
    more = [name for name in actions.add_tags if name not in case.tags]
    less = [name for name in actions.remove_tags if name in case.tags]
    effects = []
    if more:
        effects.append(Effect("tag", _("Add the tags: %(tags)s") % {"tags": listed(more)}))
    if less:
        effects.append(Effect("tag", _("Take away the tags: %(tags)s") % {"tags": listed(less)}))
    if not effects and (actions.add_tags or actions.remove_tags):
        effects.append(Effect("tag", _("The tags are right already"), is_idle=True))
    return effects


def _on_assignee(actions: Actions, case: Case, assignee: Person | None) -> list[Effect]:
    if not actions.assign:
        return []
    if case.ticket.assignee == assignee:
        words = _("It is assigned to %(name)s already") if assignee else _("It is assigned to nobody already")
        return [Effect("assign", words % {"name": assignee} if assignee else words, is_idle=True)]
    if assignee is None:
        return [Effect("assign", _("Assign to nobody"))]
    return [Effect("assign", _("Assign to %(name)s") % {"name": assignee})]


def _on_the_desk(actions: Actions, case: Case) -> list[Effect]:
    effects = []
    if actions.note:
        effects.append(Effect("note", _("Add a note that only the desk reads"), stays=True))
    if actions.escalate and case.is_escalated:
        effects.append(Effect("escalate", _("It is escalated already"), is_idle=True))
    elif actions.escalate:
        effects.append(Effect("escalate", _("Escalate to an engineer"), stays=True))
    return effects


def _to_the_customer(actions: Actions, case: Case) -> list[Effect]:
    if not actions.writes:
        return []
    names = names_of(readers_of(case.ticket))
    if not actions.ask:
        return [Effect("reply", _("Reply to %(names)s") % {"names": names})]
    language = get_language() or "en"
    fields = listed(FIELDS[name].in_language(language) for name in case.missing)
    words = ngettext(
        "Ask %(names)s for the missing fact: %(fields)s",
        "Ask %(names)s for the %(count)d missing facts: %(fields)s",
        len(case.missing),
    )
    return [Effect("ask", words % {"names": names, "fields": fields, "count": len(case.missing)})]


def _in_the_end(actions: Actions, case: Case) -> list[Effect]:
    if actions.snooze:
        return [Effect("snooze", _snooze_words(actions.snooze))]
    status = actions.status or (Ticket.Status.WAITING if actions.writes else "")
    if not status:
        return []
    label = Ticket.Status(status).label
    if status == case.ticket.status:
        return [Effect("status", _("The status stays: %(status)s") % {"status": label}, is_idle=True)]
    before = case.ticket.get_status_display()
    return [Effect("status", _("Status: %(before)s → %(status)s") % {"before": before, "status": label})]


def _snooze_words(choice: str) -> str:
    if choice == "reply":
        return _("Snooze until the customer answers")
    if choice == "incident":
        return _("Snooze until the incident ends")
    when = date_format(wake_time(choice, timezone.localtime()), "Y-m-d H:i")
    return _("Snooze until %(when)s") % {"when": when}
