from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tickets.forms.message import FollowUpForm
from tickets.models import Attachment, Ticket
from tickets.services.catalogue import cause_named
from tickets.services.evidence_request import still_asked
from tickets.services.family import messages_of, survivor_of
from tickets.services.hold import state_for_customer
from tickets.services.message import receive
from tickets.services.working_again import asked_of

from .card import question_of
from .conversation import with_answers, with_files
from .file import file_answer
from .limit import limited
from .report import asked_fields
from .tip import tips_of


@require_safe
@never_cache
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The customer's own page behind the unguessable link: what we think, what we answered, a box to write back."""
    ticket = _ticket(token)
    return _page(request, token, ticket, FollowUpForm(asked=still_asked(ticket)))


@require_POST
@never_cache
@limited("follow_up")
def create_message(request: HttpRequest, token: str) -> HttpResponse:
    ticket = _ticket(token)
    form = FollowUpForm(request.POST, request.FILES, asked=still_asked(ticket))
    if not form.is_valid():
        return _page(request, token, ticket, form, status=422)
    receive(
        ticket,
        text=form.message,
        source=Ticket.Source.FORM,
        told=form.told,
        uploads=form.cleaned_data["uploads"],
    )
    return redirect("follow_up", token=token)


@require_safe
@never_cache
def file(request: HttpRequest, token: str, pk: int, name: str) -> HttpResponseBase:
    """A file of a message that the customer may read."""
    talk = messages_of(_ticket(token))
    attachment = get_object_or_404(Attachment.objects.select_related("message"), pk=pk, message__in=talk)
    if attachment.message is None or not attachment.message.is_public:
        raise Http404
    return file_answer(attachment)


def _ticket(token: str) -> Ticket:
    """What the link is the key to; of a merged ticket, the one that it lives on in."""
    tickets = Ticket.objects.select_related("customer", "merged_into__customer")
    return survivor_of(get_object_or_404(tickets, follow_up_token=token))


def _page(
    request: HttpRequest, token: str, ticket: Ticket, form: FollowUpForm, status: int = 200
) -> HttpResponse:
    messages = list(messages_of(ticket).public().select_related("author"))
    cause = cause_named(ticket.cause)
    state, answered = state_for_customer(ticket, ticket.messages.held().first())
    language = translation.get_language()
    verdict = ticket.current_verdict()
    context = {
        "ticket": ticket,
        "token": token,
        "messages_shown": with_files(with_answers(messages)),
        "state": state,
        "answered": answered,
        "outcome": ticket.outcomes.last() if state == Ticket.Status.RESOLVED else None,
        "title": cause.title.in_language(language),
        "plain": cause.plain.in_language(language),
        "check": cause.check.in_language(language),
        "question": question_of(verdict, language),
        "tips": tips_of(verdict.trace, language) if verdict and not verdict.reason else (),
        "asked": asked_of(ticket),
        "form": form,
        "asked_fields": asked_fields(form),
    }
    return render(request, "help/follow_up.html", context, status=status)
