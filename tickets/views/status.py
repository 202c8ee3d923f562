from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.bulk import StatusForm
from tickets.models import BulkChange
from tickets.services.bulk import change_one
from tickets.services.status import set_status

from .request import DeskRequest, desk_view, ticket_seen_by
from .undoing import offer_to_undo


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Say who waits for whom. What is no status to be set by hand changes nothing: the page offers none such."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = StatusForm(request.POST)
    if form.is_valid():
        status = form.cleaned_data["status"]
        made = change_one(
            ticket,
            BulkChange.Action.STATUS,
            lambda one: set_status(one, status, by=request.user),
            by=request.user,
        )
        offer_to_undo(request, made)
    return redirect("ticket", number=number)
