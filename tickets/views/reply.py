from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.services.reply import filled_replies, suggested_replies

from .kept import address_of_next
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by

SIZE = 25  # of a page, where each text stands in full
IN_LIST = 100  # more than a desk has at first, so that nothing is asked of the server while somebody types


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Every reply, filled in for the ticket: page by page with search, or as the list that `/` opens.

    That list is narrowed in the browser where it holds all there are; where there are more it says so, and is asked for
    anew with what is typed.
    """
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    words, after = request.GET.get("q", "")[:200].strip(), request.GET.get("after", "")
    suggested = []
    if not words:
        suggested = suggested_replies(ticket, language=request.user.language, by=request.user)
    page = filled_replies(
        ticket,
        words=words,
        by=request.user,
        besides=[each.reply.pk for each in suggested],
        after=after,
        size=IN_LIST if request.htmx else SIZE,
    )
    context = {
        "ticket": ticket,
        "suggested": [] if after else suggested,
        "replies": page.replies,
        "query": words,
        "next": address_of_next(page.after, q=words),
    }
    if request.htmx:
        return render(request, "desk/replies.html#options", context)
    return render(request, "desk/replies.html", {**context, **rail_of(request.user)})
