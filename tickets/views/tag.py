from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.tag import TagsForm
from tickets.services.tag import names_in, set_tags

from .request import DeskRequest, desk_view, ticket_seen_by


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """The tags of a ticket, all of them as one line."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = TagsForm(request.POST)
    if form.is_valid():
        set_tags(ticket, names_in(form.cleaned_data["tags"]), by=request.user)
    return redirect("ticket", number=number)
