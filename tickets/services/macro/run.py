"""Running a macro: all of its actions in one transaction, with one event that names it, or none of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tickets.models import Macro, MacroRun, Message, Person, Snooze, Ticket
from triage.engine.macro import WAKES

from ..assignment import assign
from ..changed import stop_if_changed
from ..escalation import escalate
from ..event import record
from ..evidence_request import ask_for
from ..hold import state_before
from ..message import add_note
from ..send import Aside, send
from ..snooze import snooze
from ..status import Status, set_status
from ..tag import set_tags
from ..verdict import confirm
from ..wake_times import wake_time
from .plan import Plan, plan_of

_AT_A_TIME = frozenset(WAKES) - {Snooze.Until.REPLY, Snooze.Until.INCIDENT}


class DoesNotFit(Exception):
    """The macro cannot be run on the ticket as it stands; says why."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What goes out and what is kept, as the person read and perhaps edited it in the preview."""

    body: str = ""
    note: str = ""
    reason: str = ""


@transaction.atomic
def run(
    macro: Macro, ticket: Ticket, *, by: Person, texts: Texts, seen: int, sure: Collection[str] = ()
) -> MacroRun:
    """Do all that `plan_of` tells. The same click twice is one run.

    Raises DoesNotFit, ChangedMeanwhile, HeldBack, Forbidden or NothingToWaitFor, with nothing done.
    """
    held = Ticket.objects.select_for_update(of=("self",)).select_related(
        "customer", "account", "key", "assignee", "incident"
    ).get(pk=ticket.pk)  # fmt: skip
    already = MacroRun.objects.filter(macro=macro, ticket=held, by=by, seen=seen, undone_at=None).first()
    if already is not None:
        return already
    stop_if_changed(held, seen, by=by)
    plan = plan_of(macro, held, by=by)
    if plan.hindrance:
        raise DoesNotFit(plan.hindrance)
    made = MacroRun.objects.create(macro=macro, name=macro.name, ticket=held, by=by, seen=seen)
    made.before = _at_the_desk(plan, held, by, texts)
    made.message = _to_the_customer(plan, held, by, texts, sure)
    if made.message is None:
        made.before |= _in_the_end(plan, held, by)
    did = [effect.kind for effect in plan.effects if not effect.is_idle]
    record(
        held,
        "macro_run",
        by=by,
        macro=macro.slug,
        name=macro.name,
        name_zh=macro.name_zh,
        run=made.pk,
        did=did,
    )
    made.position = held.chain_length
    made.save()
    Macro.objects.filter(pk=macro.pk).update(times_run=F("times_run") + 1, last_run_at=timezone.now())
    return made


def _at_the_desk(plan: Plan, ticket: Ticket, by: Person, texts: Texts) -> dict[str, Any]:
    """What only the desk sees; answers what it changed."""
    actions = plan.actions
    before: dict[str, Any] = {}
    if actions.confirm and not ticket.verdict_by_person:
        confirm(ticket, by=by)
        before["confirm"] = True
    if actions.add_tags or actions.remove_tags:
        before["tags"] = _tag(ticket, actions.add_tags, actions.remove_tags, by)
    if actions.assign and ticket.assignee != plan.assignee:
        before["assign"] = ticket.assignee_id
        assign(ticket, to=plan.assignee, by=by)
    if actions.note:
        add_note(ticket, by=by, body=texts.note or plan.note)
    if plan.reason:
        escalate(ticket, by=by, reason=texts.reason or plan.reason)
    return before


def _tag(ticket: Ticket, more: Collection[str], less: Collection[str], by: Person) -> dict[str, list[str]]:
    before = list(ticket.tags.values_list("name", flat=True))
    after = set_tags(ticket, [*(name for name in before if name not in less), *more], by=by)
    return {"added": sorted(set(after) - set(before)), "removed": sorted(set(before) - set(after))}


def _to_the_customer(
    plan: Plan, ticket: Ticket, by: Person, texts: Texts, sure: Collection[str]
) -> Message | None:
    actions = plan.actions
    if plan.letter is None:
        return None
    if actions.ask:
        return ask_for(ticket, plan.missing, by=by).message
    return send(
        ticket,
        by=by,
        body=texts.body or plan.letter.text,
        canned_reply=plan.letter.canned_reply,
        then=Status.SNOOZED if actions.snooze else actions.status or Status.WAITING,
        aside=_aside(actions.snooze) if actions.snooze else None,
        sure=sure,
    )


def _in_the_end(plan: Plan, ticket: Ticket, by: Person) -> dict[str, Any]:
    """How the ticket goes on without a letter; with one, the sending sets it and taking it back puts it back."""
    actions = plan.actions
    if actions.snooze:
        before = state_before(ticket, status=Status.SNOOZED)
        aside = _aside(actions.snooze)
        snooze(ticket, by=by, until=aside.until, wakes_at=aside.wakes_at)
        return {"status": before}
    if not actions.status or actions.status == ticket.status:
        return {}
    before = state_before(ticket, status=actions.status)
    set_status(ticket, actions.status, by=by)
    return {"status": before}


def _aside(choice: str) -> Aside:
    if choice in _AT_A_TIME:
        return Aside(Snooze.Until.TIME, wake_time(choice, timezone.localtime()))
    return Aside(choice)
