from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.escalation import EscalationForm
from tickets.services.escalation import escalate

from .request import DeskRequest, desk_view, ticket_seen_by
from .ticket import page_of_ticket


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = EscalationForm(request.POST)
    if form.is_valid():
        escalate(ticket, by=request.user, reason=form.cleaned_data["reason"])
        return redirect("ticket", number=number)
    return render(
        request, "desk/ticket.html", page_of_ticket(request, ticket, escalation_form=form), status=422
    )
