from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tickets import permissions
from tickets.forms.verdict import OverruleForm
from tickets.services.verdict import confirm, overrule

from .inbox import sidebar
from .request import DeskRequest, desk_view, ticket_seen_by
from .ticket import page_of_ticket


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """A person's word on the verdict: right, or not this with a cause and a reason."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    if request.POST.get("right"):
        confirm(ticket, by=request.user)
        return redirect("ticket", number=number)
    form = OverruleForm(request.POST)
    if form.is_valid():
        overrule(ticket, by=request.user, **form.cleaned_data)
        return redirect("ticket", number=number)
    return render(
        request, "desk/ticket.html", page_of_ticket(request, ticket, overrule_form=form), status=422
    )


@require_GET
@desk_view
def rules(request: DeskRequest, number: int) -> HttpResponse:
    """Every rule that fired or nearly fired, with what held and what lacked."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_see_evidence(request.user))
    judged = ticket.verdicts.filter(by=None).last()
    context = {"ticket": ticket, "judged": judged, **sidebar(request.user)}
    return render(request, "desk/rules_tried.html", context)
