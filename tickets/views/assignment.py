from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.assignment import AssignmentForm
from tickets.models import BulkChange
from tickets.services.assignment import assign
from tickets.services.bulk import change_one

from .request import DeskRequest, desk_view, ticket_seen_by
from .undoing import offer_to_undo


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = AssignmentForm(request.POST)
    if form.is_valid():
        to = form.cleaned_data["to"]
        made = change_one(
            ticket, BulkChange.Action.ASSIGN, lambda one: assign(one, to=to, by=request.user), by=request.user
        )
        offer_to_undo(request, made)
    return redirect("ticket", number=number)
