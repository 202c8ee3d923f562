from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.services.evidence_request import ask_for, request_text
from tickets.services.message import HeldBack
from tickets.services.people import name_people

from .composer import Held
from .conversation import talk_of
from .message import offer_undo
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .strip import read_ahead, strip_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Ask for everything that is missing; got, the message as it would go out."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    read_ahead(ticket)
    name_people(request.user, by=ticket.evidence_now)
    missing = strip_of(ticket, talk_of(ticket)).missing
    fields = [cell.name for cell in missing]
    objections = []
    if not fields:
        messages.info(request, _("Nothing is missing."))
        return redirect("ticket", number=ticket.number)
    if request.method == "POST":
        try:
            asked = ask_for(ticket, fields, by=request.user)
        except HeldBack as held:
            body = request_text(ticket, fields)
            objections = [Held.of(objection, body) for objection in held.objections]
        else:
            offer_undo(request, ticket, asked.message)
            messages.info(request, _said(len(fields)))
            return redirect("ticket", number=ticket.number)
    context = {
        "ticket": ticket,
        "missing": missing,
        "text": request_text(ticket, fields),
        "objections": objections,
    }
    if request.htmx:
        return render(request, "desk/evidence_request.html#editor", context)
    status = 422 if objections else 200
    return render(request, "desk/evidence_request.html", {**context, **rail_of(request.user)}, status=status)


def _said(count: int) -> str:
    return ngettext(
        "Asked for %(count)d fact. The ticket waits for the customer.",
        "Asked for %(count)d facts. The ticket waits for the customer.",
        count,
    ) % {"count": count}
