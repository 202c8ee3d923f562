"""Files of a message that is not sent yet: choosing them, and taking one off again."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.message import DraftFilesForm
from tickets.models import Attachment, Message, Ticket
from tickets.services import draft_file
from tickets.services.attachment import BadFile

from .request import DeskRequest, desk_view, ticket_seen_by


@require_POST
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    """A script gets the list as it is now, with what could not be taken; a plain form goes back to the composer."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = DraftFilesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            draft_file.add(
                ticket, form.cleaned_data["uploads"], by=request.user, kind=form.cleaned_data["kind"]
            )
        except BadFile as problem:
            form.add_error("uploads", str(problem))
    errors = [str(error) for error in form.errors.get("uploads", ())]
    return _answer(request, ticket, str(form.data.get("kind", "")), errors)


@require_POST
@desk_view
def delete(request: DeskRequest, number: int, pk: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    chosen = Attachment.objects.filter(ticket=ticket, by=request.user).exclude(draft_kind="")
    attachment = get_object_or_404(chosen, pk=pk)
    draft_file.drop(attachment)
    return _answer(request, ticket, attachment.draft_kind)


def _answer(request: DeskRequest, ticket: Ticket, kind: str, errors: Iterable[str] = ()) -> HttpResponse:
    kind = Message.Kind.NOTE if kind == Message.Kind.NOTE else Message.Kind.REPLY
    if request.htmx:
        files = draft_file.chosen_by(request.user, ticket).get(kind, [])
        context = {"ticket": ticket, "kind": kind, "files": files, "file_errors": errors}
        return render(request, "desk/_chosen_files.html", context)
    for error in errors:
        messages.warning(request, error)
    return redirect(reverse("ticket", args=[ticket.number]) + "#composer")
