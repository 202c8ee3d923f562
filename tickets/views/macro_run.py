"""Macros on a ticket: which fit, what one would do, doing it, and taking it back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.macro_run import MacroRunForm
from tickets.models import Macro, MacroRun, Message, Ticket
from tickets.services.answered_elsewhere import answered_elsewhere
from tickets.services.changed import Changed, ChangedMeanwhile
from tickets.services.checks import HeldBack, objections_to_reply
from tickets.services.draft import drafts_of
from tickets.services.language import listed
from tickets.services.macro import undo as macro_undo
from tickets.services.macro.offering import offered
from tickets.services.macro.plan import Plan, plan_of
from tickets.services.macro.run import DoesNotFit, run
from tickets.services.snooze import NothingToWaitFor
from tickets.services.status import Forbidden

from .composer import Held
from .message import offer_undo
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by

UNDO_SHOWN = timedelta(minutes=1)


@require_safe
@desk_view
def index(request: DeskRequest, number: int) -> HttpResponse:
    """The macros that fit the ticket."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    context = {"ticket": ticket, "macros": offered(ticket, by=request.user)}
    if request.htmx:
        return render(request, "desk/macros.html#editor", context)
    return render(request, "desk/macros.html", {**context, **rail_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, number: int, pk: int) -> HttpResponse:
    """Show all that the macro would do; posted, do it. What stops it is said, with the texts as they were edited."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    macro = get_object_or_404(Macro.objects.visible_to(request.user).offered(), pk=pk)
    plan = plan_of(macro, ticket, by=request.user)
    if request.method != "POST":
        return _preview(request, ticket, plan, _form(plan, ticket, request))
    form = MacroRunForm(request.POST, plan=plan)
    stopped: dict[str, Any] = {}
    # Without a form that fits, nothing was shown that could be run; the same click twice still answers as once.
    if form.is_valid():
        # Merged meanwhile: nothing of the ticket that the macro now belongs to was seen.
        seen = form.cleaned_data["revision"] if ticket.number == number else 0
        try:
            made = run(
                macro, ticket, by=request.user, texts=form.texts, seen=seen, sure=form.cleaned_data["sure"]
            )
        except ChangedMeanwhile as changed:
            stopped["changed"] = changed.changed
        except HeldBack as held:
            body = form.texts.body or (plan.letter.text if plan.letter else "")
            stopped["objections"] = [Held.of(objection, body) for objection in held.objections]
        except (DoesNotFit, Forbidden, NothingToWaitFor) as reason:
            stopped["reason"] = str(reason)
        else:
            _offer_undo(request, ticket, made)
            return redirect("ticket", number=ticket.number)
    if "changed" in stopped:
        ticket = ticket_seen_by(request.user, number)
        plan = plan_of(macro, ticket, by=request.user)
    return _preview(request, ticket, plan, form, status=422, **stopped)


@require_POST
@desk_view
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    """Take one's own run back, as far as it can be."""
    permissions.require(permissions.can_work_tickets(request.user))
    made = get_object_or_404(MacroRun, pk=pk, by=request.user)
    taken = macro_undo.undo(made, by=request.user)
    for key in ("macro_run", "sent"):
        request.session.pop(key, None)
    if taken.restored:
        messages.info(request, _("Taken back: %(parts)s.") % {"parts": _parts(taken.restored)})
    if taken.kept:
        said = _("Gone out or changed since, and left alone: %(parts)s.") % {"parts": _parts(taken.kept)}
        messages.warning(request, said)
    if not (taken.restored or taken.kept):
        messages.info(request, _("There is nothing to take back."))
    return redirect("ticket", number=made.ticket_id)


def _parts(kinds: Sequence[str]) -> str:
    said = {
        "reply": _("reply"),
        "confirm": _("verdict"),
        "tags": _("tags"),
        "assign": _("assignee"),
        "status": _("status"),
    }
    return listed(said[kind] for kind in kinds)


def _form(plan: Plan, ticket: Ticket, request: DeskRequest) -> MacroRunForm:
    """What is typed already stands before the macro's text: running it sends both, or what is left of them."""
    initial: dict[str, Any] = {"revision": ticket.chain_length, "note": plan.note, "reason": plan.reason}
    if plan.letter is not None and not plan.letter.is_fixed:
        draft = drafts_of(request.user, ticket).here.get(Message.Kind.REPLY)
        typed = draft.body.rstrip() if draft else ""
        is_new = plan.letter.text not in typed
        initial["body"] = "\n\n".join(filter(None, (typed, plan.letter.text if is_new else "")))
    return MacroRunForm(initial=initial, plan=plan)


def _preview(
    request: DeskRequest,
    ticket: Ticket,
    plan: Plan,
    form: MacroRunForm,
    *,
    status: int = 200,
    objections: Sequence[Held] = (),
    changed: Changed | None = None,
    reason: str = "",
) -> HttpResponse:
    body = form.initial.get("body") or (plan.letter.text if plan.letter else "")
    if not form.is_bound and body:
        found = [*objections_to_reply(ticket, body)]
        if not plan.actions.ask:
            found += answered_elsewhere(ticket, reader=request.user)
        objections = [Held.of(objection, body) for objection in found]
    context = {
        "ticket": ticket,
        "plan": plan,
        "macro": plan.macro,
        "form": form,
        "objections": objections,
        "changed": changed,
        "reason": reason or plan.hindrance,
        # What came since the first preview counts as seen only once it was told.
        "revision": form.data.get("revision") if form.is_bound and not changed else ticket.chain_length,
        # Only what was read after the click is not asked about again.
        "doubts": [held.code for held in objections if held.is_doubt and form.is_bound],
    }
    if request.htmx:
        return render(request, "desk/macro.html#editor", context)
    return render(request, "desk/macro.html", {**context, **rail_of(request.user)}, status=status)


def _offer_undo(request: DeskRequest, ticket: Ticket, made: MacroRun) -> None:
    """Kept in the session like that of a reply; where one is held, both end together."""
    held = made.message.held_until if made.message else None
    if made.message is not None:
        offer_undo(request, ticket, made.message)
    if not made.before and held is None:
        return
    request.session.pop("undo_one", None)
    request.session["macro_run"] = {
        "run": made.pk,
        "name": str(made.macro or made.name),
        "to": str(ticket.customer) if held else "",
        "until": (held or timezone.now() + UNDO_SHOWN).isoformat(),
    }
