"""A second problem in one message becomes a ticket of its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.merge import SplitForm
from tickets.models import Message, Split, Ticket
from tickets.services.family import messages_of
from tickets.services.merge import CannotMerge
from tickets.services.split import split, undo_split

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, number: int, message: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    written = messages_of(ticket).filter(kind=Message.Kind.CUSTOMER)
    whole = get_object_or_404(written.select_related("ticket__customer", "ticket__account"), pk=message)
    form = SplitForm(request.POST or None, initial={"text": whole.body})
    if form.is_valid():
        kept = split(whole, text=form.cleaned_data["text"], by=request.user)
        messages.info(request, _("Split off #%(number)d.") % {"number": ticket.number})
        return redirect("ticket", number=kept.part_id)
    context = {"form": form, "ticket": ticket, "message": whole, **rail_of(request.user)}
    return render(request, "desk/splitting.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk_view
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    visible = Ticket.objects.visible_to(request.user)
    kept = get_object_or_404(Split, pk=pk, ticket__in=visible, part__in=visible)
    try:
        if undo_split(kept, by=request.user) is None:
            messages.info(request, _("This split can no longer be undone."))
    except CannotMerge as refused:
        messages.error(request, " ".join(f"#{each.number}: {each.reason}" for each in refused.refusals))
    return redirect("ticket", number=kept.ticket_id)
