"""Whose data the desk holds: found by address, handed over, erased."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tickets import permissions
from tickets.models import AuditEntry, Customer
from tickets.services.audit import note
from tickets.services.paging import number_of
from tickets.services.privacy.erasure import StillOpen, Undecided, ask_to_erase
from tickets.services.privacy.export import TooMuch, data_of_customer

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 50


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_privacy(request.user))
    asked = request.GET.get("q", "").strip()[:254]
    found = Customer.objects.filter(erased_at=None).order_by("-pk")
    if asked:
        found = found.filter(email__icontains=asked) | found.filter(name__icontains=asked)
    if after := number_of(request.GET.get("after", "")):
        found = found.filter(pk__lt=after)
    rows = list(found.annotate(ticket_count=Count("tickets"))[: PAGE + 1])
    context = {
        "customers": rows[:PAGE],
        "asked": asked,
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        **rail_of(request.user),
    }
    return render(request, "curation/customers.html", context)


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_privacy(request.user))
    if request.method == "GET":
        note(AuditEntry.Kind.READ, by=request.user, about=f"customer {pk}")
    return _page(request, get_object_or_404(Customer, pk=pk))


@require_safe
@desk_view
def export(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_privacy(request.user))
    customer = get_object_or_404(Customer, pk=pk, erased_at=None)
    try:
        data = data_of_customer(customer)
    except TooMuch:
        return _page(request, customer, _("This customer has too many tickets to be gathered at once."), 422)
    if request.method == "GET":
        note(AuditEntry.Kind.EXPORT, by=request.user, about=f"customer-{pk}.zip")
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="customer-{pk}.zip"'
    return answer


@require_POST
@desk_view
def erasure(request: DeskRequest, pk: int) -> HttpResponse:
    """Only with the address typed once more: it cannot be taken back."""
    permissions.require(permissions.can_manage_privacy(request.user))
    customer = get_object_or_404(Customer, pk=pk, erased_at=None)
    if request.POST.get("email", "").strip().lower() != customer.email:
        return _page(request, customer, _("Type the address exactly as it stands above."), 422)
    try:
        ask_to_erase(customer, by=request.user)
    except StillOpen as still:
        numbers = ", ".join(f"#{number}" for number in still.numbers)
        problem = ngettext(
            "Close the open ticket first: %(numbers)s",
            "Close the open tickets first: %(numbers)s",
            len(still.numbers),
        )
        return _page(request, customer, problem % {"numbers": numbers}, 422)
    except Undecided as undecided:
        proposals = ", ".join(map(str, undecided.numbers))
        problem = _("Decide over compensation first, afterwards nobody knows whose it is: %(numbers)s")
        return _page(request, customer, problem % {"numbers": proposals}, 422)
    messages.success(request, _("It is being erased. That takes a few seconds for each hundred tickets."))
    return redirect("customer", pk=pk)


def _page(request: DeskRequest, customer: Customer, problem: str = "", status: int = 200) -> HttpResponse:
    tickets = customer.tickets
    context = {
        "customer": customer,
        "ticket_count": tickets.count(),
        "open_count": tickets.standing().unsolved().count(),
        "problem": problem,
        **rail_of(request.user),
    }
    return render(request, "curation/customer.html", context, status=status)
