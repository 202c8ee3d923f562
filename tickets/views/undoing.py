"""Taking back the last action, on several tickets or on one."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.models import BulkChange
from tickets.services.bulk import Undone, undo

from .request import DeskRequest, desk_view
from .selection import next_page

OFFERED = timedelta(minutes=1)  # how long a page that shows no list offers it


@require_POST
@desk_view
def create(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back one's own action."""
    permissions.require(permissions.can_work_tickets(request.user))
    change = get_object_or_404(BulkChange, pk=pk, by=request.user)
    undone = undo(change, by=request.user)
    request.session.pop("undo", None)
    request.session.pop("undo_one", None)
    if len(change.changes) == 1:
        _say_of_one(request, change.changes[0]["ticket"], undone)
        return redirect(next_page(request))
    said = ngettext(
        "%(count)d ticket is as it was.", "%(count)d tickets are as they were.", undone.restored
    ) % {"count": undone.restored}
    if undone.kept:
        said += " " + _("Changed since, and left alone: %(numbers)s") % {
            "numbers": ", ".join(f"#{number}" for number in undone.kept)
        }
    messages.info(request, said)
    return redirect(next_page(request))


def offer_to_undo(request: DeskRequest, change: BulkChange | None) -> None:
    """What was just done on one ticket: taken back by `z` on the next pages, or in the list. None offers nothing."""
    if change is None:
        return
    request.session["undo"] = change.pk
    request.session["undo_one"] = {
        "change": change.pk,
        "action": change.action,
        "ticket": change.changes[0]["ticket"],
        "until": (timezone.now() + OFFERED).isoformat(),
    }


def offer_in_list(request: DeskRequest, change: BulkChange) -> None:
    """What was just done on several tickets: taken back by the bar over the list, or by `z` there."""
    request.session["undo"] = change.pk
    request.session.pop("undo_one", None)


def _say_of_one(request: DeskRequest, number: int, undone: Undone) -> None:
    if undone.restored:
        messages.info(request, _("Taken back: #%(number)d is as it was.") % {"number": number})
    elif undone.kept:
        said = _("Not taken back: #%(number)d was changed since, and stays as it is now.")
        messages.warning(request, said % {"number": number})
    else:
        messages.info(request, _("This was taken back already."))


def last_change(request: DeskRequest) -> BulkChange | None:
    """The action just done, while it can be taken back."""
    pk = request.session.get("undo")
    return BulkChange.objects.filter(pk=pk, by=request.user, undone_at=None).first() if pk else None
