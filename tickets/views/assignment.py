from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.assignment import AssignmentForm
from tickets.services.assignment import assign

from .request import DeskRequest, desk_view, ticket_seen_by


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = AssignmentForm(request.POST)
    if form.is_valid():
        assign(ticket, to=form.cleaned_data["to"], by=request.user)
    return redirect("ticket", number=number)
