"""The account that a ticket's customer belongs to, as an admin states it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.account import AccountForm
from tickets.services.customer_account import FIELDS, state_account

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def of_ticket(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_manage_work(request.user))
    now = ticket.account
    form = AccountForm(
        request.POST or None, initial={name: getattr(now, name) for name in FIELDS} if now else None
    )
    if form.is_valid():
        account = state_account(ticket.customer, by=request.user, **form.cleaned_data)
        said = _("%(customer)s and their tickets are of the account “%(account)s” now.")
        messages.success(request, said % {"customer": ticket.customer, "account": account})
        return redirect("ticket", number=number)
    context = {"form": form, "ticket": ticket, **rail_of(request.user)}
    return render(request, "desk/ticket_account.html", context, status=422 if form.is_bound else 200)
