"""What the evidence alone can say on a hand-off card; people complete the rest.

The mitigation stays empty: what was done about it, only a person can say.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.models import Ticket
from tickets.models.ticket_state import NO_DEADLINE
from triage.engine.evidence import FIELDS

from .alike import tickets_alike
from .catalogue import cause_named

FACTS = ("http_status", "error_type", "error_code", "model", "provider", "endpoint", "charged", "retries")
TO_FIND_IT = ("occurred_at", "request_id", "task_id", "base_url", "client")
FIRST_REVIEW = timedelta(hours=4)
FARTHEST = timedelta(hours=24)


def card_from_evidence(ticket: Ticket, *, language: str) -> dict[str, Any]:
    """In the language of who hands it over, for that is who completes it."""
    values = ticket.known_evidence()
    with translation.override(language):
        return {
            "symptom": ticket.subject,
            "current_state": "\n".join(_state_now(ticket, values, language)),
            "last_good_at": _last_good(ticket),
            "reproduction": "\n".join(_ways_to_see_it(ticket, values, language)),
            "review_at": first_review_of(ticket),
        }


def first_review_of(ticket: Ticket) -> datetime:
    """When to look again at first: at the ticket's deadline where that is near, else in a few hours."""
    now = timezone.now()
    if ticket.due_at != NO_DEADLINE and now < ticket.due_at <= now + FARTHEST:
        return ticket.due_at
    return (now + FIRST_REVIEW).replace(second=0, microsecond=0)


def _state_now(ticket: Ticket, values: dict[str, Any], language: str) -> list[str]:
    lines = [cause_named(ticket.cause).title.in_language(language)]
    lines += [
        f"{FIELDS[name].in_language(language)}: {_said(values[name])}" for name in FACTS if name in values
    ]
    alike = tickets_alike(ticket)
    if alike:
        lines.append(
            _(
                "%(tickets)d tickets with this error within %(minutes)d minutes, of %(accounts)d other customers"
            )
            % {"tickets": alike["failures"], **alike}
        )
    return lines


def _last_good(ticket: Ticket) -> str:
    """The same error of the same customer, settled before: until then at least it had worked again."""
    if not ticket.fingerprint:
        return ""
    settled = Ticket.objects.filter(
        fingerprint=ticket.fingerprint, customer=ticket.customer_id, resolved_at__isnull=False
    )
    last = settled.exclude(pk=ticket.pk).order_by("-resolved_at").first()
    if last is None or last.resolved_at is None:
        return ""
    when = date_format(timezone.localtime(last.resolved_at), "Y-m-d H:i e")
    return _("%(when)s, when #%(number)d was resolved") % {"when": when, "number": last.number}


def _ways_to_see_it(ticket: Ticket, values: dict[str, Any], language: str) -> list[str]:
    """Where to find the failed request, and the safe request that shows the failure again."""
    lines = [
        f"{FIELDS[name].in_language(language)}: {_said(values[name])}"
        for name in TO_FIND_IT
        if name in values
    ]
    verdict = ticket.current_verdict()
    steps = verdict.trace.get("steps", []) if verdict else []
    return [*lines, steps[0]["curl"]] if steps else lines


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
