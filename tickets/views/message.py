from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.message import MessageForm
from tickets.forms.outcome import OutcomeForm
from tickets.forms.snooze import SnoozeForm
from tickets.models import Message, Ticket
from tickets.services import draft, draft_file, hold
from tickets.services.attachment import BadFile
from tickets.services.changed import Changed, ChangedMeanwhile, new_messages
from tickets.services.checks import HeldBack, objections_to
from tickets.services.family import messages_of
from tickets.services.language import listed
from tickets.services.message import OtherReaders
from tickets.services.send import Aside, note, send
from tickets.services.snooze import NothingToWaitFor

from .composer import Composed, Held, aside_form, closing_form
from .request import DeskRequest, desk_view, posted_from_ticket, ticket_seen_by
from .ticket import page_of_ticket


@desk_view
@posted_from_ticket
def create(request: DeskRequest, number: int) -> HttpResponse:
    """Send an answer or add a note. What is held back comes back as it was typed, with every reason."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = MessageForm(request.POST, request.FILES, by=request.user, anyway="anyway" in request.GET)
    closing = closing_form(ticket, {}, request.POST) if form.closes else None
    aside = aside_form(ticket, request.POST) if form.puts_aside else None
    objections: list[Held] = []
    changed: Changed | None = None
    if form.is_valid() and _keep_files(ticket, request, form) and _are_valid(ticket, request, closing, aside):
        if form.is_note:
            _tell_who_was_called(request, note(ticket, by=request.user, body=form.cleaned_data["body"]))
            return redirect("ticket", number=number)
        # Merged meanwhile: nothing of the ticket that the answer now belongs to was seen.
        seen = form.cleaned_data["revision"] if ticket.number == number else 0
        asked_at = timezone.now()
        try:
            message = _send(ticket, request, form, closing, aside, seen)
        except ChangedMeanwhile as stopped:
            changed = stopped.changed
            ticket = ticket_seen_by(request.user, number)
        except HeldBack as held:
            objections = [Held.of(objection, form.cleaned_data["body"]) for objection in held.objections]
        except OtherReaders as others:
            said = _("Not sent: it would now go to %(names)s. If that is right, send it again.")
            form.add_error("body", said % {"names": others})
        except NothingToWaitFor as reason:
            form.add_error("body", str(reason))
        else:
            if message.created_at < asked_at:
                messages.warning(
                    request, _("This very answer went out a moment ago, so it was not sent again.")
                )
            offer_undo(request, ticket, message)
            return redirect("ticket", number=ticket.number)
    _keep_text(ticket, request, form)
    composed = Composed(form, objections, closing, aside)
    new = new_messages(changed) if changed else ()
    page = page_of_ticket(
        request, ticket, composed=composed, changed=changed, new_messages=new, then=form.data.get("status")
    )
    return render(request, "desk/ticket.html", page, status=422)


@require_POST
@desk_view
def recall(request: DeskRequest, number: int, pk: int) -> HttpResponse:
    """Take one's own reply back while it is held; too late is said."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    message = get_object_or_404(messages_of(ticket), pk=pk, author=request.user, kind=Message.Kind.REPLY)
    if hold.recall(message, by=request.user):
        messages.info(request, _("Taken back. Nothing went out, and your text is a draft again."))
    elif message.recalled_at is None:
        messages.warning(request, _("Too late: the reply has gone out."))
    request.session.pop("sent", None)
    return redirect(f"{reverse('ticket', args=[number])}#composer")


def _tell_who_was_called(request: DeskRequest, note: Message) -> None:
    names = [str(mention.person) for mention in note.mentions.select_related("person").order_by("pk")]
    if names:
        messages.info(request, _("Told by mail: %(names)s") % {"names": listed(names)})


def _keep_files(ticket: Ticket, request: DeskRequest, form: MessageForm) -> bool:
    """Kept with the draft first, so that whatever stops the message does not lose them."""
    given = form.cleaned_data
    try:
        draft_file.add(ticket, given["uploads"], by=request.user, kind=given["kind"])
    except BadFile as problem:
        form.add_error("uploads", str(problem))
        return False
    return True


def _keep_text(ticket: Ticket, request: DeskRequest, form: MessageForm) -> None:
    """As a draft: whatever stopped the message, leaving the page or opening its address anew does not lose it."""
    kind, body = form.cleaned_data.get("kind"), form.cleaned_data.get("body")
    if kind and body:
        draft.keep(
            ticket,
            by=request.user,
            kind=kind,
            body=body,
            canned_reply=form.cleaned_data.get("canned_reply"),
        )


def _are_valid(
    ticket: Ticket, request: DeskRequest, closing: OutcomeForm | None, aside: SnoozeForm | None
) -> bool:
    if closing is not None and closing.is_valid():
        # The customer reads the plain words too.
        for objection in objections_to(ticket, closing.cleaned_data["plain"]):
            words = (objection.reason, objection.suggestion)
            closing.add_error("plain", " ".join(each.in_language(request.user.language) for each in words))
    return (closing is None or closing.is_valid()) and (aside is None or aside.is_valid())


def _send(
    ticket: Ticket,
    request: DeskRequest,
    form: MessageForm,
    closing: OutcomeForm | None,
    aside: SnoozeForm | None,
    seen: int | None,
) -> Message:
    given = form.cleaned_data
    return send(
        ticket,
        by=request.user,
        body=given["body"],
        canned_reply=given["canned_reply"],
        then=given["status"],
        outcome=closing.cleaned_data if closing else None,
        aside=Aside(aside.cleaned_data["until"], aside.cleaned_data["wakes_at"]) if aside else None,
        sure=given["sure"],
        seen=seen,
        shown_to=given["shown_to"],
        with_files=True,
    )


def offer_undo(request: DeskRequest, ticket: Ticket, message: Message) -> None:
    """Kept in the session, so that the bar follows its sender to the next ticket and costs no statement."""
    if message.held_until is None or message.author_id != request.user.pk:
        return
    request.session.pop("macro_run", None)
    request.session.pop("undo_one", None)
    request.session["sent"] = {
        "ticket": ticket.number,
        "message": message.pk,
        "to": _names_to(ticket, message),
        "until": message.held_until.isoformat(),
    }


def _names_to(ticket: Ticket, message: Message) -> str:
    others = len(message.recipients) - 1
    return f"{ticket.customer} +{others}" if others > 0 else str(ticket.customer)
