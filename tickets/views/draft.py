from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.message import DraftForm
from tickets.models import Draft
from tickets.services.draft import ChangedElsewhere, SentMeanwhile, keep

from .request import DeskRequest, desk_view, ticket_seen_by


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Keep what is typed. A script gets the words to show; a plain form goes back to the composer."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = DraftForm(request.POST, by=request.user)
    said, status, more = "", 200, {}
    if not form.is_valid():
        said, status = _("Not saved: the text is longer than a message may be."), 422
    else:
        try:
            draft = keep(ticket, by=request.user, **form.cleaned_data)
        except SentMeanwhile:
            said, status = _("Not saved: you sent a message from another window. Load the page again."), 409
        except ChangedElsewhere as changed:
            if not request.htmx:
                said = _both_kept(changed.draft, form.cleaned_data)
            else:
                said, status = _elsewhere_words(changed.draft), 409
                more = {"known": changed.draft.mark, "elsewhere": changed.draft.body}
        else:
            said = saved_words(draft.saved_at if draft else None)
            more = {"known": draft.mark if draft else ""}
    if request.htmx:
        return JsonResponse({"said": said, **more}, status=status)
    messages.info(request, said or _("The draft is empty now."))
    return redirect(reverse("ticket", args=[number]) + "#composer")


def _both_kept(there: Draft, typed: dict[str, Any]) -> str:
    """A plain form cannot ask which of two texts is meant: both stay, one below the other."""
    both = {**typed, "body": f"{there.body}\n\n{typed['body']}", "known": there.mark}
    keep(there.ticket, by=there.person, **both)
    return _("You changed this draft elsewhere too: both texts are kept, one below the other.")


def _elsewhere_words(there: Draft) -> str:
    time = time_format(timezone.localtime(there.saved_at), "H:i")
    return _("Not saved: you changed this draft elsewhere at %(time)s.") % {"time": time}


def saved_words(moment: datetime | None) -> str:
    """`Draft saved 10:42`, in the reader's zone."""
    if moment is None:
        return ""
    return _("Draft saved %(time)s") % {"time": time_format(timezone.localtime(moment), "H:i")}
