from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tickets import permissions
from tickets.forms.assignment import AssignmentForm
from tickets.forms.escalation import EscalationForm
from tickets.forms.message import MessageForm
from tickets.forms.outcome import OutcomeForm
from tickets.forms.ticket import NewTicketForm
from tickets.forms.verdict import OverruleForm
from tickets.models import Message, Ticket
from tickets.services.intake import open_ticket
from tickets.services.reply import suggested_replies
from .strip import strip_of
from tickets.services.verdict import disagreement
from .card import card_of

from .inbox import sidebar
from .request import DeskRequest, desk_view, ticket_seen_by


@require_GET
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    return render(request, "desk/ticket.html", page_of_ticket(request, ticket))


@require_http_methods(["GET", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    form = NewTicketForm(request.POST or None)
    if form.is_valid():
        ticket = open_ticket(source=Ticket.Source.AGENT, by=request.user, **form.cleaned_data)
        return redirect("ticket", number=ticket.number)
    status = 422 if form.is_bound else 200
    return render(request, "desk/ticket_new.html", {"form": form, **sidebar(request.user)}, status=status)


def page_of_ticket(request: DeskRequest, ticket: Ticket, **given: Any) -> dict[str, Any]:
    """Everything that the ticket page shows. A form in `given` replaces the empty one, with what was typed."""
    suggestions = suggested_replies(ticket)
    first = suggestions[0] if suggestions else None
    verdict = ticket.current_verdict()
    context: dict[str, Any] = {
        "ticket": ticket,
        "strip": strip_of(ticket),
        "card": card_of(verdict, request.user.language) if verdict else None,
        "disagreement": disagreement(ticket),
        "conversation": conversation_of(ticket),
        "suggestions": suggestions,
        "message_form": MessageForm(
            initial={
                "kind": Message.Kind.REPLY,
                "body": first.text if first else "",
                "canned_reply": first.reply if first else None,
            }
        ),
        "overrule_form": OverruleForm(),
        "escalation_form": EscalationForm(),
        "escalation": ticket.escalations.open().select_related("by", "owner").first(),
        "assignment_form": AssignmentForm(initial={"to": ticket.assignee_id}),
        "outcome_form": OutcomeForm(initial=_outcome_of(ticket)),
        "outcomes": ticket.outcomes.select_related("by"),
        "can_work": permissions.can_work_tickets(request.user),
        "can_see_evidence": permissions.can_see_evidence(request.user),
        **sidebar(request.user),
    }
    return {**context, **given}


def conversation_of(ticket: Ticket) -> list[Any]:
    """Messages and the chain's events between them, oldest first; events of one kind of moment stand together."""
    messages = list(ticket.messages.select_related("author", "canned_reply"))
    events = [event for event in ticket.events.select_related("by") if event.kind not in SPOKEN]
    return sorted([*messages, *events], key=lambda item: getattr(item, "created_at", None) or item.at)


SPOKEN = {"customer_wrote", "replied", "noted"}  # events that a message already shows


def _outcome_of(ticket: Ticket) -> dict[str, str]:
    charged = {True: "yes", False: "no", None: "unknown"}[ticket.charged]
    retried = ticket.current_evidence().get("retries")
    return {
        "cause": ticket.cause,
        "charged": charged,
        "retried": "unknown" if retried is None else "yes" if retried.value else "no",
    }
