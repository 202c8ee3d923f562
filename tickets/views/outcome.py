from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.outcome import OutcomeForm
from tickets.models import BulkChange
from tickets.services import outcome as outcomes
from tickets.services.bulk import change_one
from tickets.services.checks import HeldBack

from .around import following
from .request import DeskRequest, desk_view, posted_from_ticket, ticket_seen_by
from .ticket import page_of_ticket
from .undoing import offer_to_undo

Action = BulkChange.Action


@desk_view
@posted_from_ticket
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Resolve with the final cause in plain words, charged, retried and the outcome."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            made = change_one(
                ticket,
                Action.RESOLVE,
                lambda one: outcomes.resolve(one, by=request.user, **form.cleaned_data),
                by=request.user,
            )
        except HeldBack as held:
            for objection in held.objections:
                words = (objection.reason, objection.suggestion)
                form.add_error("plain", " ".join(each.in_language(request.user.language) for each in words))
        else:
            offer_to_undo(request, made)
            return following(request) if "following" in request.POST else redirect("ticket", number=number)
    return render(request, "desk/ticket.html", page_of_ticket(request, ticket, outcome_form=form), status=422)


@require_POST
@desk_view
def reopen(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    made = change_one(
        ticket, Action.STATUS, lambda one: outcomes.reopen(one, by=request.user), by=request.user
    )
    offer_to_undo(request, made)
    return redirect("ticket", number=number)
