"""What stands beside a ticket: similar tickets, incident, account, checklist, history. One tab is open at a time,
and only what that one shows is read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tickets.forms.checklist import PointForm
from tickets.models import Ticket
from tickets.permissions import (
    can_attach_to_incidents,
    can_manage_work,
    can_run_incidents,
    can_see_evidence,
    can_work_tickets,
)
from tickets.services.account_card import account_card
from tickets.services.alike import failures_alike, tickets_alike
from tickets.services.checklist import checklist_of
from tickets.services.incident.matches import matching_incidents
from tickets.services.search.rare import may_be_rare
from tickets.services.similar import MOST, similar_to

from .address import address_of_page, with_changes
from .history import history_page
from .request import DeskRequest, desk_view, ticket_seen_by


@dataclass(frozen=True, slots=True)
class Tab:
    slug: str
    title: str | Promise


TABS = (
    Tab("similar", _("Similar")),
    Tab("incident", _("Incident")),
    Tab("account", _("Account")),
    Tab("checklist", _("Checklist")),
    Tab("history", _("History")),
)
BY_SLUG = {tab.slug: tab for tab in TABS}


@require_safe
@desk_view
def show(request: DeskRequest, number: int, tab: str) -> HttpResponse:
    """One tab; asked for by hand, the ticket's page with that tab open."""
    if tab not in BY_SLUG:
        raise Http404
    if not request.htmx:
        return redirect(f"{reverse('ticket', args=[number])}?tab={tab}#context")
    ticket = ticket_seen_by(request.user, number)
    return render(request, "desk/_context.html", context_of_page(request, ticket, tab=BY_SLUG[tab]))


def shows_similar(request: DeskRequest) -> bool:
    """Whether the page opens with the tab of similar tickets."""
    tab = BY_SLUG.get(address_of_page(request).get("tab", ""), TABS[0])
    return tab is TABS[0]


def context_of_page(request: DeskRequest, ticket: Ticket, *, tab: Tab | None = None) -> dict[str, Any]:
    """What `desk/_context.html` shows. A page whose address names no tab has the first."""
    tab = tab or BY_SLUG.get(address_of_page(request).get("tab", ""))
    read = _READ[tab.slug] if tab else _similar_at_once
    tab = tab or TABS[0]
    return {
        "ticket": ticket,
        "tabs": [(each, with_changes(request, tab=each.slug, kind="")) for each in TABS],
        "tab": tab,
        "tab_template": f"desk/_{tab.slug}.html",
        "can_work": can_work_tickets(request.user),
        "can_see_evidence": can_see_evidence(request.user),
        **read(request, ticket),
    }


def _similar(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    known, words = _compared(request, ticket)
    return {"similar": similar_to(ticket, reader=request.user, words=words, known=known)}


def _similar_at_once(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    """What shows the same error. To look for rare words takes half as long as the whole page: that comes after it."""
    known, words = _compared(request, ticket)
    found = similar_to(ticket, reader=request.user, known=known)
    return {"similar": found, "goes_on": len(found) < MOST and may_be_rare(words)}


def _compared(request: DeskRequest, ticket: Ticket) -> tuple[dict[str, object], tuple[str, ...]]:
    """Of the evidence and of the words what the person may see."""
    if not can_see_evidence(request.user):
        return {}, ()
    known = ticket.known_evidence()
    return known, (ticket.subject, str(known.get("raw_error", "")))


def _incident(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    return {
        "matches": [] if ticket.incident_id else matching_incidents(ticket, ticket.known_evidence()),
        "alike": tickets_alike(ticket),
        "failures": failures_alike(ticket),
        "can_attach": can_attach_to_incidents(request.user),
        "can_run_incidents": can_run_incidents(request.user),
    }


def _account(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    is_named = ticket.account_id is None and can_see_evidence(request.user)
    named = ticket.current_evidence().get("account") if is_named else None
    return {
        "account_card": account_card(ticket, reader=request.user, named=named),
        "can_set_account": can_manage_work(request.user),
    }


def _checklist(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    points = checklist_of(ticket)
    return {
        "points": points,
        "done": sum(point.is_done for point in points),
        "point_form": PointForm(),
    }


def _history(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    kind = address_of_page(request).get("kind", "")
    history = history_page(ticket, kind, with_evidence=can_see_evidence(request.user))
    groups = [(group, with_changes(request, tab="history", kind=group.slug)) for group in history.groups]
    return {"history": history, "history_groups": groups}


_READ: dict[str, Callable[[DeskRequest, Ticket], dict[str, Any]]] = {
    "similar": _similar,
    "incident": _incident,
    "account": _account,
    "checklist": _checklist,
    "history": _history,
}
