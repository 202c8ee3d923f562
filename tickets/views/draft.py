from datetime import datetime

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
from tickets.services.draft import SentMeanwhile, keep

from .request import DeskRequest, desk_view, ticket_seen_by


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Keep what is typed. A script gets the words to show; a plain form goes back to the composer."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = DraftForm(request.POST)
    said, status = "", 200
    if not form.is_valid():
        said, status = _("Not saved: the text is longer than a message may be."), 422
    else:
        try:
            draft = keep(ticket, by=request.user, **form.cleaned_data)
        except SentMeanwhile:
            said, status = _("Not saved: you sent a message from another window. Load the page again."), 409
        else:
            said = saved_words(draft.saved_at if draft else None)
    if request.htmx:
        return JsonResponse({"said": said}, status=status)
    messages.info(request, said or _("The draft is empty now."))
    return redirect(reverse("ticket", args=[number]) + "#composer")


def saved_words(moment: datetime | None) -> str:
    """`Draft saved 10:42`, in the reader's zone."""
    if moment is None:
        return ""
    return _("Draft saved %(time)s") % {"time": time_format(timezone.localtime(moment), "H:i")}
