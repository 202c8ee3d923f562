from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.message import MessageForm
from tickets.services.message import HeldBack, add_note, send_reply
from triage.engine.lint.objection import Objection

from .request import DeskRequest, desk_view, ticket_seen_by
from .ticket import page_of_ticket


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Send an answer or add a note. What is held back comes back as it was typed, with every reason."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = MessageForm(request.POST)
    objections: list[Held] = []
    if form.is_valid():
        body = form.cleaned_data["body"]
        if form.is_note:
            add_note(ticket, by=request.user, body=body)
            return redirect("ticket", number=number)
        try:
            send_reply(
                ticket,
                by=request.user,
                body=body,
                canned_reply=form.cleaned_data["canned_reply"],
                status=form.cleaned_data["status"],
            )
        except HeldBack as held:
            objections = [shown_objection(objection, body) for objection in held.objections]
        else:
            return redirect("ticket", number=number)
    context = page_of_ticket(request, ticket, message_form=form, objections=objections)
    return render(request, "desk/ticket.html", context, status=422)


@dataclass(frozen=True, slots=True)
class Held:
    """One objection as the composer shows it: why, what to write instead, and the words meant."""

    sentence: str
    advice: str
    words: str


def shown_objection(objection: Objection, body: str) -> Held:
    language = get_language() or "en"
    return Held(
        objection.reason.in_language(language),
        objection.suggestion.in_language(language),
        body[objection.span.start : objection.span.end][:80],
    )
