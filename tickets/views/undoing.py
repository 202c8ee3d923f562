"""Taking back the last action on several tickets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.models import BulkChange
from tickets.services.bulk import undo

from .request import DeskRequest, desk_view
from .selection import next_page


@require_POST
@desk_view
def create(request: DeskRequest, pk: int) -> HttpResponse:
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
