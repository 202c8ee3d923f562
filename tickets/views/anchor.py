"""The daily anchors over the evidence chains: listed, and carried away as files."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import Anchor, AuditEntry
from tickets.services.anchor import document_of
from tickets.services.audit import note
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 50


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_read_anchors(request.user))
    after = number_of(request.GET.get("after", ""))
    found = Anchor.objects.order_by("-number")
    rows = list(found.filter(number__lt=after)[: PAGE + 1] if after else found[: PAGE + 1])
    context = {
        "anchors": rows[:PAGE],
        "next": f"?after={rows[PAGE - 1].number}" if len(rows) > PAGE else "",
        "told_to": [*settings.ANCHOR_MAIL_TO, *filter(None, [settings.ANCHOR_POST_URL])],
        **rail_of(request.user),
    }
    return render(request, "curation/anchors.html", context)


@require_safe
@desk_view
def export(request: DeskRequest, number: int) -> HttpResponse:
    """The anchor with all that it holds, in the form that `verify_chain --anchor` reads."""
    permissions.require(permissions.can_read_anchors(request.user))
    anchor = get_object_or_404(Anchor, number=number)
    if request.method == "GET":
        note(AuditEntry.Kind.EXPORT, by=request.user, about=f"anchor-{number}.json")
    answer = HttpResponse(json.dumps(document_of(anchor)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="anchor-{number}.json"'
    return answer
