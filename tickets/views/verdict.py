from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.forms.verdict import OverruleForm
from tickets.models import BulkChange, Ticket
from tickets.services.bulk import change_one
from tickets.services.verdict import confirm, overrule, rules_tried

from .rail import rail_of
from .request import DeskRequest, desk_view, posted_from_ticket, ticket_seen_by
from .ticket import page_of_ticket
from .undoing import offer_to_undo

Action = BulkChange.Action


@desk_view
@posted_from_ticket
def create(request: DeskRequest, number: int) -> HttpResponse:
    """A person's word on the verdict: right, or not this with a cause and a reason."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    if request.POST.get("right"):
        _decide(request, ticket, Action.CONFIRM, lambda one: confirm(one, by=request.user))
        return redirect("ticket", number=number)
    form = OverruleForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        _decide(request, ticket, Action.OVERRULE, lambda one: overrule(one, by=request.user, **given))
        return redirect("ticket", number=number)
    return render(
        request, "desk/ticket.html", page_of_ticket(request, ticket, overrule_form=form), status=422
    )


@require_safe
@desk_view
def rules(request: DeskRequest, number: int) -> HttpResponse:
    """What every rule said: fired, nearly, and with `?all=1` each one that was tried and what it lacked.

    Of the newest judgement, or of an earlier one that `?verdict=` names.
    """
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_see_evidence(request.user))
    judgements = ticket.verdicts.filter(by=None)
    asked = request.GET.get("verdict", "")
    judged = judgements.filter(pk=int(asked)).first() if asked.isdecimal() else judgements.last()
    tried = rules_tried(ticket, judged) if judged is not None and request.GET.get("all") else ()
    return render(
        request,
        "desk/rules_tried.html",
        {"ticket": ticket, "judged": judged, "tried": tried, **rail_of(request.user)},
    )


def _decide(
    request: DeskRequest, ticket: Ticket, action: BulkChange.Action, word: Callable[[Ticket], object]
) -> None:
    offer_to_undo(request, change_one(ticket, action, word, by=request.user))
