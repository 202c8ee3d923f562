from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.services.article.link import article_links

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Articles to link in the answer: as a page with search, or as the list that `#` opens."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    words = request.GET.get("q", "")[:200]
    context = {"ticket": ticket, "articles": article_links(ticket, words=words), "query": words}
    if request.htmx:
        return render(request, "desk/articles.html#options", context)
    return render(request, "desk/articles.html", {**context, **rail_of(request.user)})
