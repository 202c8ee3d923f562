from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tickets import permissions
from tickets.forms.assignment import AssignmentForm
from tickets.forms.escalation import EscalationForm
from tickets.forms.outcome import OutcomeForm
from tickets.forms.snooze import SnoozeForm
from tickets.forms.tag import TagsForm
from tickets.forms.ticket import NewTicketForm
from tickets.forms.verdict import OverruleForm
from tickets.models import Charge, Escalation, Event, Message, Outcome, Snooze, Ticket
from tickets.services import presence
from tickets.services.clock import shown_clock
from tickets.services.compiled import Compiled, at_hand
from tickets.services.draft import drafts_of
from tickets.services.draft_file import chosen_by
from tickets.services.evidence_request import asked_of
from tickets.services.family import readers_of
from tickets.services.intake import open_ticket
from tickets.services.people import name_people
from tickets.services.reading import last_reading, note_reading
from tickets.services.status import BY_HAND
from tickets.services.tag import tag_names
from tickets.services.verdict import disagreement

from .address import address_of_page, with_changes
from .around import around
from .card import card_of
from .composer import Composed, composer_of
from .context import context_of_page, shows_similar
from .conversation import conversation_of, history_of, talk_of, with_answers, with_files, with_unread_mark
from .family import family_of
from .handoff import fields_of, gaps_in
from .here import present
from .inbox import queue_of
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .strip import Strip, read_ahead, strip_of
from .ticket_ahead import asked_for_page, asked_for_ticket
from .undoing import drop_overtaken_offer


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    """The page; asked for by its filter, the conversation alone."""
    if request.htmx.target == "conversation":
        return _shown(request, number, _conversation)
    with asked_for_ticket(number, request.user):
        return _shown(request, number, _page)


def _shown(
    request: DeskRequest, number: int, draw: Callable[[DeskRequest, Ticket], HttpResponse]
) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number, alone="alone" in request.GET)
    return draw(request, ticket) if ticket.number == number else redirect("ticket", number=ticket.number)


def _conversation(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    return render(request, "desk/_conversation.html", conversation_shown(request, ticket))


def _page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    presence.beat(ticket.pk, request.user)
    here = presence.of([ticket.pk], besides=request.user)
    context = page_of_ticket(request, ticket, present=present(here.get(ticket.pk, ())))
    note_reading(ticket, request.user, last_message=context["last_message"])
    return render(request, "desk/ticket.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    form = NewTicketForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = {**form.cleaned_data, "text": form.cleaned_data["text"] or gettext("See the files.")}
        ticket = open_ticket(source=Ticket.Source.AGENT, by=request.user, **given)
        return redirect("ticket", number=ticket.number)
    status = 422 if form.is_bound else 200
    return render(request, "desk/ticket_new.html", {"form": form, **rail_of(request.user)}, status=status)


def page_of_ticket(request: DeskRequest, ticket: Ticket, **given: Any) -> dict[str, Any]:
    """Everything that the ticket page shows. A form in `given` replaces the empty one, with what was typed."""
    read_ahead(ticket)
    verdict = ticket.current_verdict()
    can_see_evidence = permissions.can_see_evidence(request.user)
    history = history_of(ticket, with_evidence=can_see_evidence)
    drop_overtaken_offer(request, history)
    kinds = {event.kind for event in history}
    messages = talk_of(ticket, is_alone="merged_in" not in kinds)
    # What no event tells of does not exist.
    escalations = _open_escalations(ticket.pk)[:1] if kinds & {"escalated", "merged_in"} else []
    escalation = at_hand(escalations, ticket=ticket)[0] if escalations else None
    handoff = fields_of(escalation, with_evidence=can_see_evidence) if escalation else []
    has_ended = ticket.is_resolved and "resolved" in kinds
    outcomes = at_hand(_outcomes(ticket.pk), ticket=ticket) if has_ended else []
    named: dict[str, Sequence[Model]] = {
        "by": [*ticket.evidence_now, *ticket.verdicts_now, *history, *escalations, *outcomes],
        "author": messages,
        "owner": escalations,
        "assignee": [ticket],
    }
    with asked_for_page(ticket, request.user, similar=shows_similar(request), **named):
        name_people(request.user, **named)
        strip = strip_of(ticket, messages)
        tags = tag_names(ticket.pk)
        last_message = max((message.pk for message in messages), default=0)
        drafts, known = drafts_of(request.user, ticket), _outcome_of(ticket, strip)
        queue = queue_of(request.user)
        card = card_of(verdict, request.user.language) if verdict else None
        context: dict[str, Any] = {
            **context_of_page(request, ticket),
            "strip": strip,
            "card": card,
            "asked": asked_of(history, messages),
            "disagreement": disagreement(ticket, verdict),
            "last_message": last_message,
            "chain": history,
            **conversation_shown(request, ticket, messages, history),
            "queue": queue,
            "around": around(ticket, queue.tickets),
            "composer": composer_of(
                request,
                ticket,
                given.pop("composed", Composed()),
                drafts=drafts.here,
                files=chosen_by(request.user, ticket),
                seen=last_message,
                known=known,
                # Others read along only where a ticket was merged into this one.
                readers=readers_of(ticket) if "merged_in" in kinds else (),
            ),
            "drafts": drafts.numbers,
            "by_hand": BY_HAND,
            "clock": shown_clock(ticket),
            "overrule_form": OverruleForm(runners=card.nearly if card else ()),
            "escalation_form": EscalationForm(),
            "escalation": escalation,
            "handoff": handoff,
            "handoff_gaps": gaps_in(escalation, handoff) if escalation else 0,
            "snooze_form": SnoozeForm(tickets=[ticket]),
            "asleep": _asleep(ticket),
            "assignment_form": AssignmentForm(initial={"to": ticket.assignee_id}, by=request.user),
            "outcome_form": OutcomeForm(initial=known),
            "outcomes": outcomes,
            "charges": at_hand(_charges(ticket.pk), ticket=ticket) if ticket.charged else (),
            "tags": tags,
            "tags_form": TagsForm(initial={"tags": ", ".join(tags)}, auto_id="tags-%s"),
            "can_work": permissions.can_work_tickets(request.user) and ticket.merged_into_id is None,
            **family_of(ticket, strip.values, kinds, reader=request.user),
            **rail_of(request.user),
        }
        return {**context, **given}


def conversation_shown(
    request: DeskRequest,
    ticket: Ticket,
    messages: list[Message] | None = None,
    history: list[Event] | None = None,
) -> dict[str, Any]:
    """What `desk/_conversation.html` shows: messages with the events between them, or messages only. What is at
    hand already is not read again.
    """
    can_see_evidence = permissions.can_see_evidence(request.user)
    only = address_of_page(request).get("talk") == "messages"
    if only:
        history = []
    elif history is None:
        history = history_of(ticket, with_evidence=can_see_evidence)
    if messages is None:
        messages = talk_of(ticket)
        name_people(request.user, author=messages, by=history)
    kinds = {event.kind for event in history}
    if can_see_evidence and (only or "evidence_told" in kinds):
        messages = with_answers(messages)
    if can_see_evidence and (only or "attached" in kinds):
        messages = with_files(messages)
    turns = conversation_of(messages, history)
    reading = last_reading(ticket, request.user)
    turns = with_unread_mark(turns, read=reading.message if reading else None, reader=request.user)
    return {
        "ticket": ticket,
        "conversation": turns,
        "talk": "messages" if only else "all",
        "talk_all": with_changes(request, talk=""),
        "talk_messages": with_changes(request, talk="messages"),
        "first_unread": next((turn.message for turn in turns if turn.is_first_unread), None),
        "can_see_evidence": can_see_evidence,
    }


@Compiled
def _open_escalations(ticket: Any) -> QuerySet[Escalation]:
    return Escalation.objects.open().filter(ticket=ticket)


@Compiled
def _outcomes(ticket: Any) -> QuerySet[Outcome]:
    return Outcome.objects.filter(ticket=ticket)


@Compiled
def _charges(ticket: Any) -> QuerySet[Charge]:
    return Charge.objects.filter(ticket=ticket).order_by("pk")


def _asleep(ticket: Ticket) -> Snooze | None:
    if ticket.status != Ticket.Status.SNOOZED:
        return None
    return ticket.snoozes.open().select_related("by").first()


def _outcome_of(ticket: Ticket, strip: Strip) -> dict[str, str]:
    charged = {True: "yes", False: "no", None: "unknown"}[ticket.charged]
    retries = strip.values.get("retries")
    return {
        "cause": ticket.cause,
        "charged": charged,
        "retried": "unknown" if retries is None else "yes" if retries else "no",
    }
