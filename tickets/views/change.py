"""One action on all selected tickets, and taking it back."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.bulk import BulkForm
from tickets.models import BulkChange, Person, Ticket
from tickets.services.bulk import assign_all, confirm_all, set_status_of_all, undo

from .request import DeskRequest, desk_view
from .selection import chosen, next_page, remember

Action = BulkChange.Action


@require_POST
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    form = BulkForm(request.POST)
    numbers = chosen(request)
    remember(request, numbers)
    if not form.is_valid() or not numbers:
        messages.info(request, _("Tick the tickets first, then choose what to do with them."))
        return redirect(next_page(request))
    tickets = Ticket.objects.visible_to(request.user).filter(pk__in=numbers)
    change = _apply(tickets, form, request.user)
    remember(request, [])
    request.session["undo"] = change.pk
    return redirect(next_page(request))


@require_POST
@desk_view
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back one's own action."""
    permissions.require(permissions.can_work_tickets(request.user))
    change = get_object_or_404(BulkChange, pk=pk, by=request.user)
    undone = undo(change, by=request.user)
    request.session.pop("undo", None)
    said = ngettext(
        "%(count)d ticket is as it was.", "%(count)d tickets are as they were.", undone.restored
    ) % {"count": undone.restored}
    if undone.kept:
        said += " " + _("Changed since, and left alone: %(numbers)s") % {
            "numbers": ", ".join(f"#{number}" for number in undone.kept)
        }
    messages.info(request, said)
    return redirect(next_page(request))


def last_change(request: DeskRequest) -> BulkChange | None:
    """The action just done, while it can be taken back."""
    pk = request.session.get("undo")
    return BulkChange.objects.filter(pk=pk, by=request.user, undone_at=None).first() if pk else None


def _apply(tickets: Iterable[Ticket], form: BulkForm, by: Person) -> BulkChange:
    match form.cleaned_data["action"]:
        case Action.ASSIGN:
            return assign_all(tickets, to=form.cleaned_data["to"], by=by)
        case Action.STATUS:
            return set_status_of_all(tickets, status=form.cleaned_data["status"] or Ticket.Status.OPEN, by=by)
        case _:
            return confirm_all(tickets, by=by)
