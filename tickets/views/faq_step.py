"""The way of an article from draft to public and off again, one step at a time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.models import FaqEntry
from tickets.services.faq import state as faq_state
from tickets.services.faq.state import NotNow, OwnWork, Refused
from tickets.services.redaction import safe_words

from .request import DeskRequest, desk_view

LONGEST_REASON = 200
SAID = {
    "submit": gettext_lazy("Waits for a review by somebody else."),
    "publish": gettext_lazy("Published."),
    "archive": gettext_lazy("Archived. It is off the public pages."),
    "take_up": gettext_lazy("A draft again."),
    "confirm": gettext_lazy("Noted: it is still right."),
    "discard": gettext_lazy("The change was dropped. What is public stays."),
    "send_back": gettext_lazy("Sent back to its author."),
}


@require_POST
@desk_view
def take(request: DeskRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(FaqEntry.objects.prefetch_related("texts"), pk=pk)
    step = request.POST.get("do", "")
    _require(request, entry, step)
    try:
        _do(request, entry, step)
    except NotNow:
        messages.error(request, _("The article has moved on meanwhile. Look at where it stands now."))
    except OwnWork:
        messages.error(request, _("Part of it is yours. Somebody else reviews and publishes it."))
    except Refused as refused:
        count = len(refused.failures)
        messages.error(
            request,
            ngettext("%(n)s thing stands against it.", "%(n)s things stand against it.", count)
            % {"n": count},
        )
    return redirect("faq_entry", pk=entry.pk)


def _require(request: DeskRequest, entry: FaqEntry, step: str) -> None:
    if step == "submit":
        permissions.require(permissions.can_write_article(request.user, entry))
    else:
        permissions.require(permissions.can_edit_articles(request.user))


def _do(request: DeskRequest, entry: FaqEntry, step: str) -> None:
    if step == "send_back":
        why = safe_words(request.POST.get("why", ""))[:LONGEST_REASON]
        if not why:
            messages.error(request, _("Say what is to be changed."))
            return
        faq_state.send_back(entry, by=request.user, why=why)
    else:
        steps = {
            "submit": faq_state.submit,
            "publish": faq_state.publish,
            "archive": faq_state.archive,
            "take_up": faq_state.take_up,
            "confirm": faq_state.confirm,
            "discard": faq_state.discard_change,
        }
        if step not in steps:
            raise NotNow
        steps[step](entry, by=request.user)
    messages.success(request, str(SAID[step]))
