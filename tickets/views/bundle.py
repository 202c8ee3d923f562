"""One ticket as a signed bundle to carry away, and the key that its signature is checked with."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import AuditEntry
from tickets.services.audit import note
from tickets.services.bundle import contents_of, pack, public_key

from .request import DeskRequest, desk_view, ticket_seen_by


@require_safe
@desk_view
def export(request: DeskRequest, number: int) -> HttpResponse:
    """A merged ticket is exported by itself: its chain is its own. `?notes=1` puts internal notes in."""
    permissions.require(permissions.can_export_tickets(request.user))
    ticket = ticket_seen_by(request.user, number, alone=True)
    with_notes = request.GET.get("notes") == "1"
    if request.method == "GET":
        note(
            AuditEntry.Kind.EXPORT, by=request.user, about=f"ticket-{number}.zip", after={"notes": with_notes}
        )
    contents = contents_of(ticket, with_notes=with_notes)
    context = {
        "contents": contents,
        "ticket": ticket,
        "events": ticket.events.select_related("by").order_by("position"),
        "public_key": public_key(),
        "style": _style(),
    }
    page = render_to_string("desk/bundle.html", context)
    answer = HttpResponse(pack(contents, page), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="ticket-{number}.zip"'
    return answer


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Open to all: who gets a bundle compares the key in it with this one, or with one that signed before it."""
    return JsonResponse(
        {"algorithm": "Ed25519", "public_key": public_key(), "earlier_public_keys": settings.SIGNED_BEFORE}
    )


def _style() -> str:
    path = finders.find("css/packet.css")
    return mark_safe(Path(str(path)).read_text(encoding="utf-8"))  # noqa: S308 – our own file
