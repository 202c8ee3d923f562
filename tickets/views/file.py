"""Attachments on their way out: never run, never guessed, never shown by another site."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import Attachment, Ticket

from .request import DeskRequest, desk_view

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
@desk_view
def show(request: DeskRequest, pk: int, name: str) -> HttpResponseBase:
    """The file to be saved. `name` is for people and browsers; the number says which."""
    return file_answer(_attachment(request, pk))


@require_safe
@desk_view
def picture(request: DeskRequest, pk: int, name: str) -> HttpResponseBase:
    """A picture as part of a page of the desk."""
    attachment = _attachment(request, pk)
    if not attachment.is_image:
        raise Http404
    return file_answer(attachment, inline=True)


def file_answer(attachment: Attachment, *, inline: bool = False) -> HttpResponseBase:
    """404 where the row outlived its file."""
    try:
        content = attachment.file.open()
    except FileNotFoundError:
        return HttpResponse(status=404)
    answer = FileResponse(
        content,
        as_attachment=not inline,
        filename=attachment.name,
        content_type=attachment.media_type,
        headers=HEADERS,
    )
    patch_cache_control(answer, private=True, max_age=600)
    return answer


def _attachment(request: DeskRequest, pk: int) -> Attachment:
    permissions.require(permissions.can_see_evidence(request.user))
    tickets = Ticket.objects.visible_to(request.user)
    return get_object_or_404(Attachment, pk=pk, ticket__in=tickets)
