from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tickets import permissions
from tickets.forms.assignment import AssignmentForm
from tickets.forms.escalation import EscalationForm
from tickets.forms.message import MessageForm
from tickets.forms.outcome import OutcomeForm
from tickets.forms.snooze import SnoozeForm
from tickets.forms.ticket import NewTicketForm
from tickets.forms.verdict import OverruleForm
from tickets.models import Message, Ticket
from tickets.services.event import verify
from tickets.services.intake import open_ticket
from tickets.services.reply import SuggestedReply, suggested_replies
from tickets.services.similar import similar_to
from tickets.services.verdict import disagreement

from .card import card_of
from .conversation import conversation_of, history_of
from .family import family_of
from .inbox import queue_of, sidebar
from .request import DeskRequest, desk_view, ticket_seen_by
from .strip import strip_of

HISTORY_SHOWN = 12


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number, alone="alone" in request.GET)
    if ticket.number != number:
        return redirect("ticket", number=ticket.number)
    return render(request, "desk/ticket.html", page_of_ticket(request, ticket))


@require_http_methods(["GET", "HEAD", "POST"])
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
    suggestions = suggested_replies(ticket, language=request.user.language)
    chosen = _chosen(ticket, suggestions, request.GET.get("reply", ""))
    verdict = ticket.current_verdict()
    can_see_evidence = permissions.can_see_evidence(request.user)
    strip = strip_of(ticket)
    history = history_of(ticket, with_evidence=can_see_evidence)
    context: dict[str, Any] = {
        "ticket": ticket,
        "strip": strip,
        "card": card_of(verdict, request.user.language) if verdict else None,
        "disagreement": disagreement(ticket),
        "conversation": conversation_of(ticket, history),
        "history": history[: -HISTORY_SHOWN - 1 : -1],
        "chain_break": verify(ticket),
        "queue": queue_of(request.user),
        "similar": similar_to(ticket),
        "suggestions": suggestions,
        "gaps": chosen.gaps if chosen else (),
        "message_form": MessageForm(
            initial={
                "kind": Message.Kind.REPLY,
                "body": chosen.text if chosen else "",
                "canned_reply": chosen.reply if chosen else None,
            }
        ),
        "overrule_form": OverruleForm(),
        "escalation_form": EscalationForm(),
        "escalation": ticket.escalations.open().select_related("by", "owner").first(),
        "snooze_form": SnoozeForm(ticket=ticket),
        "asleep": ticket.snoozes.open().select_related("by").first(),
        "assignment_form": AssignmentForm(initial={"to": ticket.assignee_id}),
        "outcome_form": OutcomeForm(initial=_outcome_of(ticket)),
        "outcomes": ticket.outcomes.select_related("by"),
        "can_work": permissions.can_work_tickets(request.user) and ticket.merged_into_id is None,
        "can_see_evidence": can_see_evidence,
        **family_of(ticket, strip.values, {event.kind for event in history}),
        **sidebar(request.user),
    }
    return {**context, **given}


def _chosen(ticket: Ticket, suggestions: list[SuggestedReply], slug: str) -> SuggestedReply | None:
    """What the composer starts with: the suggestion asked for in the address, else the first.

    Nothing where we had the last word, so that no answer goes out twice.
    """
    first = suggestions[0] if suggestions and ticket.is_unanswered else None
    return next((each for each in suggestions if each.reply.slug == slug), first)


def _outcome_of(ticket: Ticket) -> dict[str, str]:
    charged = {True: "yes", False: "no", None: "unknown"}[ticket.charged]
    retried = ticket.current_evidence().get("retries")
    return {
        "cause": ticket.cause,
        "charged": charged,
        "retried": "unknown" if retried is None else "yes" if retried.value else "no",
    }
