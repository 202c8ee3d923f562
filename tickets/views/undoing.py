"""Taking back the last action, on several tickets or on one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.models import BulkChange, Event
from tickets.services.bulk import Undone, stands, undo
from tickets.services.language import listed

from .request import DeskRequest, desk_view
from .selection import next_page

OFFERED = timedelta(minutes=1)  # how long a page that shows no list offers it
OFFERED_IN_LIST = timedelta(minutes=10)


@require_POST
@desk_view
def create(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back one's own action; or, where it was dismissed, only offer it no more."""
    permissions.require(permissions.can_work_tickets(request.user))
    change = get_object_or_404(BulkChange, pk=pk, by=request.user)
    _forget(request)
    if "dismiss" in request.POST:
        return redirect(next_page(request))
    undone = undo(change, by=request.user)
    if len(change.changes) == 1:
        _say_of_one(request, change.changes[0]["ticket"], undone)
        return redirect(next_page(request))
    said = ngettext(
        "%(count)d ticket is as it was.", "%(count)d tickets are as they were.", undone.restored
    ) % {"count": undone.restored}
    if undone.kept:
        said += " " + _("Changed since, and left alone: %(numbers)s") % {
            "numbers": listed(f"#{number}" for number in undone.kept)
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
    """What was just done on several tickets: taken back by the bar over the list, or by `z` there. Where nothing
    changed, that is said and nothing offered.
    """
    _forget(request)
    if change.changes:
        request.session["undo"] = change.pk
        return
    said = ngettext("%(action)s: %(n)s ticket changed.", "%(action)s: %(n)s tickets changed.", 0)
    messages.info(request, said % {"action": change.get_action_display(), "n": 0})


def drop_overtaken_offer(request: DeskRequest, chain: Iterable[Event]) -> None:
    """Whoever did something newer on the ticket of this chain means that by “the last thing”, and not what was done
    before, here or elsewhere.
    """
    offered = request.session.get("undo_one")
    if offered is None:
        return
    done_at = datetime.fromisoformat(offered["until"]) - OFFERED
    if any(event.by_id == request.user.pk and event.at > done_at for event in chain):
        _forget(request)


def _forget(request: DeskRequest) -> None:
    request.session.pop("undo", None)
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
    """The action done a while ago at most, as long as there is something of it to be taken back."""
    pk = request.session.get("undo")
    if pk is None:
        return None
    done = BulkChange.objects.filter(pk=pk, by=request.user, created_at__gt=timezone.now() - OFFERED_IN_LIST)
    change = done.first()
    return change if change and stands(change) else None
