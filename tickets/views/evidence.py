from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import retarget

from tickets import permissions
from tickets.services.evidence import BadValue, set_value
from tickets.services.verdict import judge
from triage.engine.evidence import FIELDS

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .strip import label_of
from .ticket import page_of_ticket


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, number: int, field: str) -> HttpResponse:
    """One value with its history; posted, the person's value wins and the ticket is judged anew."""
    ticket = ticket_seen_by(request.user, number)
    if field not in FIELDS:
        raise Http404
    permissions.require(permissions.can_see_evidence(request.user))
    problem, typed = "", None
    if request.method == "POST":
        permissions.require(permissions.can_work_tickets(request.user))
        typed = request.POST.get("value", "")
        try:
            set_value(ticket, field=field, raw=typed, by=request.user)
        except BadValue as refused:
            problem = str(refused)
        else:
            judge(ticket)
            if request.htmx:
                return render(request, "desk/ticket.html#page", page_of_ticket(request, ticket))
            return redirect("ticket", number=number)
    history = ticket.evidence.filter(field=field).select_related("by", "message").order_by("-pk")
    context = {
        "ticket": ticket,
        "definition": FIELDS[field],
        "label": label_of(FIELDS[field]),
        "history": history,
        "current": next((row for row in history if row.is_current), None),
        "problem": problem,
        "typed": typed,
        "can_work": permissions.can_work_tickets(request.user),
    }
    if request.htmx:
        return retarget(render(request, "desk/evidence.html#editor", context), "#editor")
    context |= rail_of(request.user)
    return render(request, "desk/evidence.html", context, status=422 if problem else 200)
