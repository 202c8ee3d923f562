from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.services.reply import filled_replies, suggested_replies

from .inbox import sidebar
from .request import DeskRequest, desk_view, ticket_seen_by


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Every reply, filled in for the ticket: as a page with search, or as the list that `/` opens."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    words = request.GET.get("q", "")[:200]
    suggested = suggested_replies(ticket, language=request.user.language, by=request.user)
    fitting = {each.reply.pk for each in suggested}
    replies = [
        each
        for each in filled_replies(ticket, words=words, by=request.user)
        if each.reply.pk not in fitting or words
    ]
    context = {"ticket": ticket, "suggested": [] if words else suggested, "replies": replies, "query": words}
    if request.htmx:
        return render(request, "desk/replies.html#options", context)
    return render(request, "desk/replies.html", {**context, **sidebar(request.user)})
