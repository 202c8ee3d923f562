"""Decisions of the gate, and when to look again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.forms.review import DeclineForm, KnownForm, ReviewPointForm
from tickets.models import Escalation
from tickets.services import review
from tickets.services.escalation import complete

from .request import DeskRequest, desk_view
from .review import ask_form, page_of, queue_of, seen_by, to_queue


@require_POST
@desk_view
def create(request: DeskRequest, pk: int) -> HttpResponse:
    escalation = seen_by(request, pk)
    permissions.require(permissions.can_review_escalations(request.user))
    following = _following(request, escalation)
    try:
        answer = _decide(request, escalation)
    except review.DecidedMeanwhile as problem:
        messages.info(request, _told(problem.escalation))
        return to_queue(request, problem.escalation)
    return answer or to_queue(request, following)


@require_POST
@desk_view
def point(request: DeskRequest, pk: int) -> HttpResponse:
    """Set the next review point."""
    escalation = seen_by(request, pk)
    permissions.require(permissions.can_review_escalations(request.user))
    form = ReviewPointForm(request.POST)
    if not form.is_valid():
        return _again(request, escalation, point_form=form)
    if escalation.closed_at is None:
        complete(escalation, by=request.user, card={"review_at": form.cleaned_data["at"]})
    return to_queue(request, escalation)


@require_POST
@desk_view
def returning(request: DeskRequest, pk: int) -> HttpResponse:
    """An agent says that what was asked for is there."""
    escalation = seen_by(request, pk)
    permissions.require(permissions.can_work_tickets(request.user))
    try:
        review.return_to_gate(escalation, by=request.user)
    except review.DecidedMeanwhile as problem:
        messages.info(request, _told(problem.escalation))
    if "ticket" in request.POST:
        return redirect("ticket", number=escalation.ticket_id)
    return to_queue(request, escalation)


def _decide(request: DeskRequest, escalation: Escalation) -> HttpResponse | None:
    """Act on the decision asked for. Answers a page where that is not the way to the next one."""
    by, seen = request.user, request.POST.get("seen", "")
    match request.POST.get("decision"):
        case "accept":
            review.accept(escalation, by=by, seen=seen)
            messages.success(request, _("You have taken it."))
            return to_queue(request, escalation)
        case "known":
            known = KnownForm(request.POST, reader=by)
            if not known.is_valid():
                return _again(request, escalation, known_form=known)
            given = known.cleaned_data
            review.know(
                escalation,
                by=by,
                incident=given["incident"],
                other=given["number"],
                answer=given["answer"],
                seen=seen,
            )
            messages.success(request, _("It went back as known."))
        case "need_evidence":
            values = escalation.ticket.known_evidence()
            asked = ask_form(by, escalation.ticket, values, request.POST)
            if not asked.is_valid():
                return _again(request, escalation, ask_form=asked)
            given = asked.cleaned_data
            review.ask_back(
                escalation, by=by, answer=given["answer"], fields=given["fields_needed"], seen=seen
            )
            messages.success(request, _("It went back for evidence."))
        case "decline":
            declined = DeclineForm(request.POST)
            if not declined.is_valid():
                return _again(request, escalation, decline_form=declined)
            review.decline(escalation, by=by, answer=declined.cleaned_data["answer"], seen=seen)
            messages.success(request, _("It was declined."))
        case _:
            return to_queue(request, escalation)
    return None


def _following(request: DeskRequest, escalation: Escalation) -> Escalation | None:
    before, following = queue_of(request).beside(escalation.pk)
    return following or before


def _again(request: DeskRequest, escalation: Escalation, **forms: object) -> HttpResponse:
    page = page_of(request, escalation, queue_of(request), **forms)
    return render(request, "review/escalations.html", page, status=422)


def _told(escalation: Escalation) -> str:
    last = escalation.decisions.select_related("by").last()
    if last is None or last.by is None:
        return _("It stands otherwise by now; nothing was done.")
    return _("Decided meanwhile by %(name)s: %(decision)s. Nothing was done.") % {
        "name": last.by,
        "decision": last.get_kind_display(),
    }
