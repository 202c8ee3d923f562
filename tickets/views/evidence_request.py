from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.models import Message, Ticket
from tickets.services.evidence_request import Asked, ask_for, asked_of, request_text
from tickets.services.message import TWICE_WITHIN, HeldBack
from tickets.services.people import name_people

from .composer import Held
from .conversation import events, talk_of
from .message import offer_undo
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .strip import read_ahead, strip_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Ask for everything that is missing; got, the message as it would go out.

    What was asked for already, and not answered since, is asked again only where that is said (`again`).
    """
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    read_ahead(ticket)
    name_people(request.user, by=ticket.evidence_now)
    talk = talk_of(ticket)
    missing = strip_of(ticket, talk).missing
    fields = [cell.name for cell in missing]
    asked = _asked_already(ticket, talk, fields)
    objections = []
    if not fields:
        messages.info(request, _("Nothing is missing."))
        return redirect("ticket", number=ticket.number)
    if asked and request.method == "POST" and timezone.now() - asked.at < TWICE_WITHIN:
        messages.info(request, _("Asked a moment ago, so nothing was sent again."))
        return redirect("ticket", number=ticket.number)
    if request.method == "POST" and (asked is None or "again" in request.POST):
        try:
            made = ask_for(ticket, fields, by=request.user)
        except HeldBack as held:
            body = request_text(ticket, fields)
            objections = [Held.of(objection, body) for objection in held.objections]
        else:
            offer_undo(request, ticket, made.message)
            messages.info(request, _said(len(fields)))
            return redirect("ticket", number=ticket.number)
    context = {
        "ticket": ticket,
        "missing": missing,
        "text": request_text(ticket, fields),
        "objections": objections,
        "asked": asked,
    }
    if request.htmx:
        return render(request, "desk/evidence_request.html#editor", context)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/evidence_request.html", {**context, **rail_of(request.user)}, status=status)


def _asked_already(ticket: Ticket, talk: Sequence[Message], fields: Sequence[str]) -> Asked | None:
    """The letter that would be sent once more, word for word."""
    asked = asked_of(events(ticket.pk), talk)
    return asked if asked and asked.covers(fields) else None


def _said(count: int) -> str:
    return ngettext(
        "Asked for %(count)d fact. The ticket waits for the customer.",
        "Asked for %(count)d facts. The ticket waits for the customer.",
        count,
    ) % {"count": count}
