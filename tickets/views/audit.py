"""What people with power did: searched, and carried away as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.forms.audit import AuditFilter
from tickets.models import AuditEntry
from tickets.services.audit import as_csv, as_ndjson, note
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 50
FORMATS = {"csv": (as_csv, "text/csv; charset=utf-8"), "ndjson": (as_ndjson, "application/x-ndjson")}


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_read_audit(request.user))
    form = AuditFilter(request.GET)
    found = form.entries.select_related("by").order_by("-pk")
    after = number_of(request.GET.get("after", ""))
    rows = list(found.filter(pk__lt=after)[: PAGE + 1] if after else found[: PAGE + 1])
    asked = {name: value for name in form.fields if (value := request.GET.get(name))}
    context = {
        "form": form,
        "entries": rows[:PAGE],
        "next": f"?{urlencode({**asked, 'after': rows[PAGE - 1].pk})}" if len(rows) > PAGE else "",
        "asked": f"?{urlencode(asked)}" if asked else "",
        "formats": list(FORMATS),
        **rail_of(request.user),
    }
    return render(request, "curation/audit.html", context)


@require_safe
@desk_view
def export(request: DeskRequest, form: str) -> HttpResponseBase:
    """All that the filters find, in the form that the address ends in. Carrying it away is an entry itself."""
    permissions.require(permissions.can_read_audit(request.user))
    if form not in FORMATS:
        raise Http404
    written, kind = FORMATS[form]
    entries = AuditFilter(request.GET).entries
    if request.method == "GET":
        asked: dict[str, Any] = {name: value for name, value in request.GET.items() if value}
        last = note(AuditEntry.Kind.EXPORT, by=request.user, about=f"audit.{form}", after=asked or None)
        entries = entries.filter(pk__lt=last.pk)
    answer = StreamingHttpResponse(written(entries), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="audit.{form}"'
    return answer
