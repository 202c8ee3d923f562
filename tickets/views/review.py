"""The review room: escalations in a queue, each with its hand-off card, its packet, and the decisions of the gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.forms.review import AskBackForm, DeclineForm, KnownForm, ReviewPointForm
from tickets.models import Escalation, Person, Ticket
from tickets.models.escalation import EscalationQuerySet
from tickets.models.ticket_state import NO_DEADLINE
from tickets.services.incident.matches import matching_incidents
from tickets.services.missing import missing_facts
from tickets.services.packet import similar_of
from tickets.services.paging import number_of
from tickets.services.recent_failures import recent_failures
from tickets.services.review import standing_of
from tickets.services.rota import on_duty

from .card import card_of
from .handoff import fields_of
from .rail import rail_of
from .request import DeskRequest, desk_view

SIZE = 50
State = Escalation.State


@dataclass(frozen=True, slots=True)
class Tab:
    slug: str
    title: str | Promise
    empty: str | Promise
    count: int = 0


TABS = (
    Tab("gate", _("At the gate"), _("Nothing waits for a decision.")),
    Tab("mine", _("Mine"), _("You have taken nothing that is open.")),
    Tab("taken", _("Taken"), _("Nobody has taken anything that is open.")),
    Tab("asked", _("Back for evidence"), _("Nothing went back for evidence.")),
)


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    """The queue; on a wide screen its first escalation stands beside it."""
    permissions.require(permissions.can_read_escalations(request.user))
    queue = queue_of(request)
    first = queue.rows[0] if queue.rows else None
    page = page_of(request, first, queue) if first else _empty(request, queue)
    return render(request, "review/escalations.html", {**page, "is_list": True})


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    escalation = seen_by(request, pk)
    return render(request, "review/escalations.html", page_of(request, escalation, queue_of(request)))


@dataclass(frozen=True, slots=True)
class Queue:
    tab: Tab
    tabs: tuple[Tab, ...]
    rows: list[Escalation]
    after: str  # where the next page begins; empty on the last one

    def beside(self, pk: int) -> tuple[Escalation | None, Escalation | None]:
        """The rows before and after this one."""
        at = next((at for at, row in enumerate(self.rows) if row.pk == pk), None)
        if at is None:
            return None, None
        before = self.rows[at - 1] if at else None
        return before, self.rows[at + 1] if at + 1 < len(self.rows) else None


def queue_of(request: DeskRequest) -> Queue:
    """What the address asks for, the longest overdue first; two statements."""
    open_ones = Escalation.objects.visible_to(request.user).open()
    held = {tab.slug: Count("pk", filter=_holds(tab.slug, request.user)) for tab in TABS}
    counts = open_ones.aggregate(**held)
    tabs = tuple(Tab(tab.slug, tab.title, tab.empty, counts[tab.slug]) for tab in TABS)
    asked = request.GET.get("view") or request.POST.get("view", "")
    tab = next((tab for tab in tabs if tab.slug == asked), tabs[0])
    rows = _after(
        open_ones.filter(_holds(tab.slug, request.user)).by_review_point(), request.GET.get("after", "")
    )
    shown = list(
        rows.select_related(
            "ticket__customer", "ticket__account", "ticket__key", "ticket__incident", "by", "owner"
        )[: SIZE + 1]
    )
    more = len(shown) > SIZE
    return Queue(tab, tabs, shown[:SIZE], _place(shown[SIZE - 1]) if more else "")


def page_of(request: DeskRequest, escalation: Escalation, queue: Queue, **given: Any) -> dict[str, Any]:
    ticket = escalation.ticket
    evidence = ticket.current_evidence()
    verdict = ticket.current_verdict()
    known = {field: row.value for field, row in evidence.items()}
    before, following = queue.beside(escalation.pk)
    context = {
        "queue": queue,
        "duty": on_duty(),
        "failures": recent_failures(known),
        "escalation": escalation,
        "ticket": ticket,
        "handoff": fields_of(escalation, with_evidence=True),
        "seen": standing_of(escalation),
        "evidence": [(field, row) for field, row in evidence.items() if field != "raw_error"],
        "raw_error": known.get("raw_error", ""),
        "card": card_of(verdict, request.user.language) if verdict else None,
        "trace": verdict.trace if verdict else {},
        "similar": similar_of(ticket, evidence, reader=request.user),
        "matches": [] if ticket.incident_id else matching_incidents(ticket, known),
        "decisions": escalation.decisions.select_related("by", "incident"),
        "can_review": permissions.can_review_escalations(request.user),
        "can_work": permissions.can_work_tickets(request.user),
        "before": before,
        "following": following,
        "known_form": KnownForm(reader=request.user),
        "ask_form": ask_form(request.user, ticket, known),
        "decline_form": DeclineForm(),
        "point_form": ReviewPointForm(initial={"at": escalation.review_at}),
        **rail_of(request.user),
    }
    return {**context, **given}


def _empty(request: DeskRequest, queue: Queue) -> dict[str, Any]:
    return {"queue": queue, "duty": on_duty(), **rail_of(request.user)}


def ask_form(person: Person, ticket: Ticket, known: dict[str, Any], data: Any = None) -> AskBackForm:
    return AskBackForm(data, missing=missing_facts(ticket, known), language=person.language)


def seen_by(request: DeskRequest, pk: int) -> Escalation:
    permissions.require(permissions.can_read_escalations(request.user))
    found = Escalation.objects.visible_to(request.user).select_related(
        "ticket__customer", "ticket__account", "ticket__key", "ticket__incident", "by", "owner"
    )
    return get_object_or_404(found, pk=pk)


def to_queue(request: DeskRequest, escalation: Escalation | None) -> HttpResponse:
    """On to this escalation, or to the queue, in the view that one came from."""
    view = request.POST.get("view", "")
    query = f"?view={view}" if view in {tab.slug for tab in TABS} else ""
    if escalation is None:
        return redirect(f"/review/{query}")
    return redirect(f"/review/{escalation.pk}/{query}")


def _holds(slug: str, person: Person) -> Q:
    if slug == "mine":
        return Q(owner=person)
    return Q(state={"gate": State.WAITING, "taken": State.ACCEPTED, "asked": State.ASKED}[slug])


def _after(rows: EscalationQuerySet, written: str) -> EscalationQuerySet:
    moment, _sign, pk = written.rpartition("_")
    try:
        at, number = datetime.fromisoformat(moment), number_of(pk)
    except ValueError:
        return rows
    if number is None or at.tzinfo is None:
        return rows
    return rows.filter(Q(look_at__gt=at) | Q(look_at=at, pk__gt=number))


def _place(row: Escalation) -> str:
    return f"{(row.review_at or NO_DEADLINE).isoformat()}_{row.pk}"
