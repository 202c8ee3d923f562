from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.services.mention import colleagues_on

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Who can be called for in a note: as a page, or as the list that `@` opens."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    context = {"ticket": ticket, "people": colleagues_on(ticket, of=request.user)}
    if request.htmx:
        return render(request, "desk/mentions.html#options", context)
    return render(request, "desk/mentions.html", {**context, **rail_of(request.user)})
