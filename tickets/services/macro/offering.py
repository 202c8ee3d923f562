"""Macros on offer for a ticket, and what keeps one from being run."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tickets.models import Macro, Person, Ticket
from triage.engine.catalogue.macros import read_actions, read_conditions
from triage.engine.catalogue.problem import Entry, Problem
from triage.engine.macro import ME, NOBODY, SUGGESTED, Actions
from triage.engine.rule import When

from .case import Case, workers


@dataclass(frozen=True, slots=True)
class Parts:
    """The conditions and actions of a macro, read. With `problems` it is never offered."""

    when: When
    actions: Actions
    problems: tuple[Problem, ...] = ()


def parts_of(macro: Macro) -> Parts:
    entry = Entry("macro", macro.slug, {"when": macro.conditions, "do": macro.actions})
    when, actions = read_conditions(entry), read_actions(entry)
    return Parts(when, actions, tuple(entry.problems))


def offered(ticket: Ticket, *, by: Person) -> list[Macro]:
    """The macros that this person can run on the ticket as it stands, folder by folder."""
    case = Case(ticket, by)
    macros = Macro.objects.visible_to(by).offered().select_related("team")
    return [macro for macro in macros if not hindrance(parts_of(macro), case)]


def hindrance(parts: Parts, case: Case) -> str:
    """Why a macro cannot be run on the ticket, as a sentence; empty where it can."""
    if parts.problems:
        return _("This macro has a mistake in it; it must be edited first.")
    if not case.meets(parts.when):
        return _("Its conditions do not hold here.")
    return next(filter(None, (check(parts.actions, case) for check in _CHECKS)), "")


def _no_verdict(actions: Actions, case: Case) -> str:
    return _("There is no verdict to confirm.") if actions.confirm and case.verdict is None else ""


def _no_person(actions: Actions, case: Case) -> str:
    if actions.assign in ("", ME, NOBODY) or int(actions.assign) in case.worker_ids:
        return ""
    return _("The person it assigns to does not work tickets any more.")


def _no_reply(actions: Actions, case: Case) -> str:
    if actions.reply == SUGGESTED:
        return "" if case.suggested else _("No reply is suggested for this ticket.")
    if actions.reply and actions.reply not in case.reply_names:
        return _("Its reply is not offered any more.")
    if actions.letter and not actions.letter.in_language(case.ticket.language):
        return _("It has no text in the language of this ticket.")
    return ""


def _nothing_missing(actions: Actions, case: Case) -> str:
    return _("Nothing is missing.") if actions.ask and not case.missing else ""


def _cannot_rest(actions: Actions, case: Case) -> str:
    if actions.snooze == "incident" and not case.signals["incident"]:
        return _("There is no open incident to wait for.")
    asks_for_open = actions.escalate or (actions.snooze and not actions.writes)
    return _("This ticket is resolved.") if asks_for_open and case.ticket.is_resolved else ""


_CHECKS = (_no_verdict, _no_person, _no_reply, _nothing_missing, _cannot_rest)


def person_named(pk: str) -> Person | None:
    """Whom a macro assigns to, while they work tickets."""
    return workers().filter(pk=int(pk)).first()
