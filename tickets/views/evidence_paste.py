from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.evidence_paste import PasteEvidenceForm
from tickets.models import EvidenceValue
from tickets.services.pasting import paste_evidence
from triage.engine.evidence import FIELDS

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .strip import label_of

LONGEST = 60  # characters of one value


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """More evidence: text and files, read at once; the answer says which values were found."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = PasteEvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        found = paste_evidence(
            ticket, text=form.cleaned_data["text"], uploads=form.cleaned_data["uploads"], by=request.user
        )
        messages.info(request, _said(found))
        return redirect("ticket", number=ticket.number)
    context = {"ticket": ticket, "form": form}
    if request.htmx:
        return render(request, "desk/evidence_paste.html#editor", context)
    status = 422 if form.is_bound else 200
    return render(request, "desk/evidence_paste.html", {**context, **rail_of(request.user)}, status=status)


def _said(found: Iterable[EvidenceValue]) -> str:
    values = {row.field: row.value for row in found if row.field != "raw_error"}
    if not values:
        return _("Kept. No value was found in it.")
    told = ", ".join(f"{label_of(FIELDS[field])} {_short(value)}" for field, value in values.items())
    return _("Found: %(values)s") % {"values": told}


def _short(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    words = str(value)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
