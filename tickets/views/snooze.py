from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.snooze import SnoozeForm
from tickets.models import Snooze
from tickets.services.snooze import snooze, wake
from tickets.services.status import Forbidden

from .request import DeskRequest, desk_view, posted_from_ticket, ticket_seen_by
from .ticket import page_of_ticket


@desk_view
@posted_from_ticket
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = SnoozeForm(request.POST, tickets=[ticket])
    if form.is_valid():
        until, wakes_at = form.cleaned_data["until"], form.cleaned_data["wakes_at"]
        try:
            snooze(ticket, by=request.user, until=until, wakes_at=wakes_at)
        except Forbidden as forbidden:
            form.add_error(None, str(forbidden))
        else:
            return redirect("ticket", number=number)
    return render(request, "desk/ticket.html", page_of_ticket(request, ticket, snooze_form=form), status=422)


@require_POST
@desk_view
def waking(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    wake(ticket, because=Snooze.Ended.PERSON, by=request.user)
    return redirect("ticket", number=number)
