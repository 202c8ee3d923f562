from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.snooze import SnoozeForm
from tickets.models import BulkChange, Snooze
from tickets.services.bulk import change_one
from tickets.services.snooze import NothingToWaitFor, snooze, wake
from tickets.services.status import Forbidden

from .request import DeskRequest, desk_view, posted_from_ticket, ticket_seen_by
from .ticket import page_of_ticket
from .undoing import offer_to_undo

Action = BulkChange.Action


@desk_view
@posted_from_ticket
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = SnoozeForm(request.POST, tickets=[ticket])
    if form.is_valid():
        until, wakes_at = form.cleaned_data["until"], form.cleaned_data["wakes_at"]
        try:
            made = change_one(
                ticket,
                Action.SNOOZE,
                lambda one: snooze(one, by=request.user, until=until, wakes_at=wakes_at),
                by=request.user,
            )
        except (Forbidden, NothingToWaitFor) as reason:
            form.add_error(None, str(reason))
        else:
            offer_to_undo(request, made)
            return redirect("ticket", number=number)
    return render(request, "desk/ticket.html", page_of_ticket(request, ticket, snooze_form=form), status=422)


@require_POST
@desk_view
def waking(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    made = change_one(
        ticket,
        Action.STATUS,
        lambda one: wake(one, because=Snooze.Ended.PERSON, by=request.user),
        by=request.user,
    )
    offer_to_undo(request, made)
    return redirect("ticket", number=number)
