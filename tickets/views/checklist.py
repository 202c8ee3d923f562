from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.checklist import PointForm
from tickets.services.checklist import add_point, tick

from .context import BY_SLUG, context_of_page
from .request import DeskRequest, desk_view, ticket_seen_by


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Tick a point or take the tick away (`point`, `done`), or add an own one (`words`)."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = PointForm(request.POST)
    if "point" in request.POST:
        if not tick(ticket, key=request.POST["point"], done=request.POST.get("done") == "1", by=request.user):
            raise Http404
    elif form.is_valid():
        add_point(ticket, words=form.cleaned_data["words"], by=request.user)
    if request.htmx:
        context = context_of_page(request, ticket, tab=BY_SLUG["checklist"])
        return render(request, "desk/_context.html", context)
    return redirect(f"{reverse('ticket', args=[number])}?tab=checklist#context")
