"""The packet of an escalation, to take along: as JSON, as a page to print, and as a text for a provider's support."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tickets.models import AuditEntry, Language
from tickets.services.audit import note
from tickets.services.packet import packet_of
from tickets.services.provider_text import provider_text

from .handoff import fields_of
from .rail import rail_of
from .request import DeskRequest, desk_view
from .review import seen_by


@require_safe
@desk_view
def as_json(request: DeskRequest, pk: int) -> HttpResponse:
    escalation = seen_by(request, pk)
    _note(request, f"escalation-{escalation.ticket_id}.json")
    answer = JsonResponse(
        packet_of(escalation, reader=request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="escalation-{escalation.ticket_id}.json"'
    return answer


@require_safe
@desk_view
def as_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One file that can be printed and kept: its style is in it, so it is always saved, never shown from here."""
    escalation = seen_by(request, pk)
    _note(request, f"escalation-{escalation.ticket_id}.html")
    context = {
        "packet": packet_of(escalation, reader=request.user),
        "escalation": escalation,
        "ticket": escalation.ticket,
        "handoff": fields_of(escalation, with_evidence=True),
        "style": _style(),
    }
    answer = HttpResponse(render_to_string("review/packet.html", context, request))
    answer["Content-Disposition"] = f'attachment; filename="escalation-{escalation.ticket_id}.html"'
    return answer


@require_safe
@desk_view
def for_provider(request: DeskRequest, pk: int) -> HttpResponse:
    escalation = seen_by(request, pk)
    asked = request.GET.get("language", Language.ENGLISH)
    language = asked if asked in Language.values else Language.ENGLISH
    context = {
        "escalation": escalation,
        "ticket": escalation.ticket,
        "text": provider_text(escalation, language=language),
        "language": language,
        "languages": Language.choices,
        **rail_of(request.user),
    }
    return render(request, "review/provider_text.html", context)


def _note(request: DeskRequest, name: str) -> None:
    if request.method == "GET":
        note(AuditEntry.Kind.EXPORT, by=request.user, about=name)


def _style() -> str:
    path = finders.find("css/packet.css")
    return mark_safe(Path(str(path)).read_text(encoding="utf-8"))  # noqa: S308 – our own file
