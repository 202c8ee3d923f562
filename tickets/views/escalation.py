from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.escalation import EscalationForm
from tickets.forms.escalation_card import EscalationCardForm
from tickets.models import Escalation, Ticket
from tickets.services.escalation import CardChanged, complete, digest_of, escalate

from .handoff import fields_of, flags_in, labels
from .rail import rail_of
from .request import DeskRequest, desk_view, posted_from_ticket, ticket_seen_by
from .ticket import page_of_ticket


@desk_view
@posted_from_ticket
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = EscalationForm(request.POST)
    if form.is_valid():
        escalate(ticket, by=request.user, reason=form.cleaned_data["reason"])
        return redirect("ticket", number=number)
    return render(
        request, "desk/ticket.html", page_of_ticket(request, ticket, escalation_form=form), status=422
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def card(request: DeskRequest, number: int) -> HttpResponse:
    """Complete the hand-off card; `back` is the page that one came from."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    found = ticket.escalations.open().select_related("owner", "ticket")
    escalation = get_object_or_404(found)
    form = EscalationCardForm(request.POST or None, instance=escalation)
    if not form.is_valid():
        return _page(request, ticket, form, status=422 if form.is_bound else 200)
    standing = found.get()
    try:
        complete(standing, by=request.user, card=form.card, seen=form.cleaned_data["seen"])
    except CardChanged:
        fresh = EscalationCardForm({**request.POST.dict(), "seen": digest_of(standing)}, instance=escalation)
        return _page(request, ticket, fresh, status=409, standing=standing)
    messages.success(request, _("The card was saved."))
    return redirect(_back(request) or reverse("ticket", args=[number]))


@require_POST
@desk_view
def words(request: DeskRequest, number: int) -> HttpResponse:
    """The vague words in what is being typed, with what to write instead."""
    ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    typed = next((request.POST[name] for name in labels() if name in request.POST), "")
    return render(request, "desk/_vague.html", {"flags": flags_in(typed[:4000])})


def _page(
    request: DeskRequest,
    ticket: Ticket,
    form: EscalationCardForm,
    *,
    status: int,
    standing: Escalation | None = None,
) -> HttpResponse:
    context = {
        "ticket": ticket,
        "form": form,
        "back": _back(request),
        "shown": [(field, flags_in(str(field.value() or ""))) for field in form if field.name in labels()],
        "standing": standing and fields_of(standing, with_evidence=True),
        **rail_of(request.user),
    }
    return render(request, "desk/escalation_card.html", context, status=status)


def _back(request: DeskRequest) -> str:
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    here = {request.get_host()}
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, here) else ""
