"""Events of a ticket as sentences, in the reader's language."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tickets.models import Event, SlaKind, Snooze, Ticket
from tickets.services.amount import written as amount_written
from tickets.services.catalogue import cause_named
from tickets.services.checklist import words_of
from tickets.services.language import listed
from triage.engine.evidence import FIELDS

from .assigned import assigned_by_rule, not_assigned
from .handoff import labels as handoff_labels


def sentence_of(event: Event) -> str:
    """What happened, in the reader's language. A kind that is not known here is shown by its name."""
    if event.is_erased:
        return _("An entry whose content was erased")
    write = SENTENCES.get(event.kind)
    return write(event, event.data) if write else event.kind.replace("_", " ")


def _cause(data: dict[str, Any]) -> str:
    return cause_named(str(data.get("cause", ""))).title.in_language(get_language() or "en")


def _team_set(event: Event, data: dict[str, Any]) -> str:
    named = {"name": event.by, "team": data.get("name")}
    if not data.get("name"):
        return _("%(name)s took it out of the team's queue") % named
    if event.by is None:
        return _("Put into the queue of %(team)s by a rule") % named
    return _("%(name)s put it into the queue of %(team)s") % named


def _many(data: dict[str, Any]) -> int:
    return len(data.get("positions", ()))


def _judged(event: Event, data: dict[str, Any]) -> str:
    return _("Judged: %(cause)s") % {"cause": _cause(data)}


def _read(event: Event, data: dict[str, Any]) -> str:
    count = len(data.get("values", {}))
    return ngettext(
        "%(count)d value read from the message", "%(count)d values read from the message", count
    ) % {"count": count}


def _assigned(event: Event, data: dict[str, Any]) -> str:
    if data.get("rule"):
        return assigned_by_rule(data)
    if str(event.by) == data.get("name"):
        return _("%(name)s took it") % {"name": event.by}
    return _("%(name)s assigned it to %(to)s") % {"name": event.by, "to": data.get("name")}


def _snoozed(event: Event, data: dict[str, Any]) -> str:
    if data.get("until") == Snooze.Until.TIME:
        return _("%(name)s snoozed it until %(when)s") % {
            "name": event.by,
            "when": date_format(timezone.localtime(datetime.fromisoformat(data["wakes_at"])), "Y-m-d H:i"),
        }
    if data.get("until") == Snooze.Until.INCIDENT:
        return _("%(name)s snoozed it until the incident ends") % {"name": event.by}
    return _("%(name)s snoozed it until the customer answers") % {"name": event.by}


def _woken(event: Event, data: dict[str, Any]) -> str:
    return {
        Snooze.Ended.TIME: _("Awake again: its time came"),
        Snooze.Ended.REPLY: _("Awake again: the customer wrote"),
        Snooze.Ended.INCIDENT: _("Awake again: the incident ended"),
    }.get(data.get("because", ""), _("%(name)s woke it") % {"name": event.by})


def _asked(event: Event, data: dict[str, Any]) -> str:
    language = get_language() or "en"
    fields = [FIELDS[name].in_language(language) for name in data.get("fields", []) if name in FIELDS]
    return _("%(name)s asked for: %(fields)s") % {"name": event.by, "fields": listed(fields)}


def _attached(event: Event, data: dict[str, Any]) -> str:
    names = listed(file.get("name") for file in data.get("files", []))
    if event.by is None:
        return _("The customer attached %(files)s") % {"files": names}
    return _("%(name)s attached %(files)s") % {"name": event.by, "files": names}


def _point(data: dict[str, Any]) -> str:
    words = words_of(data.get("step", ""), data.get("words", ""))
    return words.in_language(get_language() or "en")


def _tags_set(event: Event, data: dict[str, Any]) -> str:
    tags = listed([*data.get("added", ()), *(f"−{name}" for name in data.get("removed", ()))])
    return _("%(name)s changed the tags: %(tags)s") % {"name": event.by, "tags": tags}


def _macro(event: Event, data: dict[str, Any]) -> dict[str, Any]:
    """Who and which macro, in the reader's language where it has a name in it."""
    is_chinese = (get_language() or "").startswith("zh")
    return {"name": event.by, "macro": (is_chinese and data.get("name_zh")) or data.get("name")}


def _incident_attached(event: Event, data: dict[str, Any]) -> str:
    if event.by is None:
        return _("Attached to the incident “%(title)s”") % {"title": data.get("title")}
    return _("%(name)s attached it to the incident “%(title)s”") % {
        "name": event.by,
        "title": data.get("title"),
    }


def _incident_detached(event: Event, data: dict[str, Any]) -> str:
    if event.by is None:
        return _("Taken out of the incident “%(title)s”") % {"title": data.get("title")}
    return _("%(name)s took it out of the incident “%(title)s”") % {
        "name": event.by,
        "title": data.get("title"),
    }


def _incident_update(event: Event, data: dict[str, Any]) -> str:
    told = {"name": event.by or _("The desk"), "title": data.get("title")}
    return _("%(name)s told everybody of the incident “%(title)s”") % told


def _working_again(event: Event, data: dict[str, Any]) -> str:
    if data.get("answer") == "no":
        return _("The incident “%(title)s” is over, and the customer says: it still fails") % data
    return _("The incident “%(title)s” is over, and the customer says: it works again") % data


def _resolved(event: Event, data: dict[str, Any]) -> str:
    if event.by is None:
        return _("Resolved by the customer's word: %(cause)s") % {"cause": _cause(data)}
    return _("%(name)s resolved it: %(cause)s") % {"name": event.by, "cause": _cause(data)}


def _handoff_completed(event: Event, data: dict[str, Any]) -> str:
    names = {
        "owner": _("Owner"),
        "review_at": _("Next review point"),
        **handoff_labels(),
    }
    fields = listed(names.get(field, field) for field in data.get("fields", ()))
    return _("%(name)s wrote on the hand-off card: %(fields)s") % {"name": event.by, "fields": fields}


def _sum(data: dict[str, Any]) -> str:
    """1.20 USD"""
    amount = data.get("amount")
    return f"{'?' if amount is None else amount_written(Decimal(str(amount)))} {data.get('currency')}"


def _escalation_known(event: Event, data: dict[str, Any]) -> str:
    if data.get("title"):
        return _("%(name)s: known, it is of the incident “%(title)s”") % {
            "name": event.by,
            "title": data["title"],
        }
    return _("%(name)s: known from #%(number)s") % {"name": event.by, "number": data.get("other")}


SENTENCES: dict[str, Callable[[Event, dict[str, Any]], str]] = {
    "incident_update": _incident_update,
    "opened": lambda event, data: _("Opened"),
    "team_set": _team_set,
    Event.ERASED: lambda event, data: (
        ngettext(
            "The content of %(count)d entry was erased",
            "The content of %(count)d entries was erased",
            _many(data),
        )
        % {"count": _many(data)}
    ),
    "customer_wrote": lambda event, data: _("The customer wrote"),
    "replied": lambda event, data: _("%(name)s answered") % {"name": event.by},
    "reply_taken_back": lambda event, data: (
        _("%(name)s took the reply back before it went out") % {"name": event.by}
    ),
    "noted": lambda event, data: _("%(name)s left a note") % {"name": event.by},
    "judged": _judged,
    "judged_beside_a_person": lambda event, data: (
        _("The rules, beside the person's word: %(cause)s") % {"cause": _cause(data)}
    ),
    "verdict_confirmed": lambda event, data: (
        _("%(name)s confirmed: %(cause)s") % {"name": event.by, "cause": _cause(data)}
    ),
    "verdict_overruled": lambda event, data: (
        _("%(name)s decided otherwise: %(cause)s") % {"name": event.by, "cause": _cause(data)}
    ),
    "verdict_taken_back": lambda event, data: (
        _("%(name)s took the verdict back: %(cause)s") % {"name": event.by, "cause": _cause(data)}
    ),
    "status_set": lambda event, data: (
        _("%(name)s set the status: %(status)s")
        % {"name": event.by, "status": Ticket.Status(data["status"]).label}
    ),
    "snoozed": _snoozed,
    "woken": _woken,
    "evidence_read": _read,
    "evidence_told": lambda event, data: _("The customer answered what was missing"),
    "evidence_set": lambda event, data: (
        _("%(name)s set %(field)s to %(value)s")
        % {"name": event.by, "field": data.get("field"), "value": data.get("value")}
    ),
    "evidence_taken_back": lambda event, data: (
        _("%(name)s took back %(field)s") % {"name": event.by, "field": data.get("field")}
    ),
    "assigned": _assigned,
    "not_assigned": lambda event, data: not_assigned(data),
    "unassigned": lambda event, data: _("%(name)s took the assignment away") % {"name": event.by},
    "handoff_completed": _handoff_completed,
    "escalation_accepted": lambda event, data: _("%(name)s took the escalation") % {"name": event.by},
    "escalation_known": _escalation_known,
    "escalation_need_evidence": lambda event, data: (
        _("%(name)s sent the escalation back for evidence") % {"name": event.by}
    ),
    "escalation_declined": lambda event, data: _("%(name)s declined the escalation") % {"name": event.by},
    "escalation_returned": lambda event, data: _("The escalation is at the gate again"),
    "review_overdue": lambda event, data: _("The review point of the escalation is over"),
    "escalated": lambda event, data: _("%(name)s escalated it") % {"name": event.by},
    "resolved": _resolved,
    "working_again": _working_again,
    "reopened": lambda event, data: _("Opened again"),
    "answer_came_back": lambda event, data: (
        _("Our answer came back undelivered: %(said)s") % {"said": data.get("said") or "?"}
    ),
    "mail_left_out": lambda event, data: (
        _("Not kept of the mail: %(names)s") % {"names": data.get("names", "")}
    ),
    "written_by_other": lambda event, data: (
        _("The last message was mailed by %(sender)s, not by the customer")
        % {"sender": data.get("sender", "")}
    ),
    "deadline_missed": lambda event, data: (
        _("Deadline missed: %(kind)s (%(policy)s)")
        % {"kind": SlaKind(data["deadline"]).label, "policy": data.get("policy", "")}
    ),
    "merged_into": lambda event, data: (
        _("%(name)s merged it into #%(number)s") % {"name": event.by, "number": data.get("other")}
    ),
    "merged_in": lambda event, data: (
        _("%(name)s merged #%(number)s into it") % {"name": event.by, "number": data.get("other")}
    ),
    "merge_undone": lambda event, data: (
        _("%(name)s took it apart from #%(number)s again") % {"name": event.by, "number": data.get("other")}
    ),
    "split_off": lambda event, data: (
        _("%(name)s split off #%(number)s") % {"name": event.by, "number": data.get("other")}
    ),
    "split_from": lambda event, data: (
        _("%(name)s split it off #%(number)s") % {"name": event.by, "number": data.get("other")}
    ),
    "kept_apart": lambda event, data: (
        _("%(name)s: no duplicate of #%(number)s") % {"name": event.by, "number": data.get("other")}
    ),
    "asked": _asked,
    "attached": _attached,
    "evidence_pasted": lambda event, data: (
        _("%(name)s pasted evidence") % {"name": event.by} if event.by else _("A text came as a file")
    ),
    "checklist_added": lambda event, data: (
        _("%(name)s added to the checklist: %(point)s") % {"name": event.by, "point": _point(data)}
    ),
    "checklist_done": lambda event, data: (
        _("%(name)s ticked: %(point)s") % {"name": event.by, "point": _point(data)}
    ),
    "checklist_undone": lambda event, data: (
        _("%(name)s took the tick away: %(point)s") % {"name": event.by, "point": _point(data)}
    ),
    "account_set": lambda event, data: (
        _("%(name)s set the account: %(account)s") % {"name": event.by, "account": data.get("name")}
    ),
    "tags_set": _tags_set,
    "macro_run": lambda event, data: _("%(name)s ran the macro “%(macro)s”") % _macro(event, data),
    "macro_undone": lambda event, data: _("%(name)s took the macro “%(macro)s” back") % _macro(event, data),
    "incident_attached": _incident_attached,
    "incident_detached": _incident_detached,
    "compensation_proposed": lambda event, data: (
        _("%(name)s proposed a compensation of %(sum)s") % {"name": event.by, "sum": _sum(data)}
    ),
    "compensation_approved": lambda event, data: (
        _("%(name)s approved the compensation of %(sum)s") % {"name": event.by, "sum": _sum(data)}
    ),
    "compensation_declined": lambda event, data: (
        _("%(name)s declined the compensation of %(sum)s") % {"name": event.by, "sum": _sum(data)}
    ),
    "compensation_withdrawn": lambda event, data: (
        _("%(name)s withdrew the compensation of %(sum)s") % {"name": event.by, "sum": _sum(data)}
    ),
    "compensation_credited": lambda event, data: (
        _("%(name)s credited %(sum)s outside, reference %(reference)s")
        % {"name": event.by, "sum": _sum(data), "reference": data.get("reference")}
    ),
}
