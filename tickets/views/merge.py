"""Merging tickets: what would happen, doing it, and taking it back."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.merge import MergeForm
from tickets.models import Merge, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.services.bulk import merge_all
from tickets.services.duplicate import keep_apart, suspects_of
from tickets.services.language import listed
from tickets.services.merge import CannotMerge, refusals_of, undo_merge

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .selection import numbers_in, remember
from .undoing import offer_in_list

MOST = 50  # tickets that one conversation can still be read with


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """The tickets named in the address, or else the selected ones: which lives on, and what that means."""
    permissions.require(permissions.can_work_tickets(request.user))
    tickets = _asked_for(request)
    form = MergeForm(request.POST or None, tickets=tickets, initial={"into": _oldest(tickets)})
    refusals: list[Any] = []
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            others = [each for each in tickets if each.pk != into.pk]
            change, merged = merge_all(others, into=into, by=request.user)
        except CannotMerge as refused:
            refusals = refused.refusals
        else:
            remember(request, [])
            request.session["merged"] = into.number
            offer_in_list(request, change)
            _say(request, merged)
            return redirect("ticket", number=into.number)
    elif tickets:
        refusals = refusals_of(list(tickets)[1:], tickets[0])
    shown = _with_ways_out(tickets)
    context = {
        "form": form,
        "tickets": shown,
        "refusals": refusals,
        "without": _without(shown, {refusal.number for refusal in refusals}),
        **rail_of(request.user),
    }
    if len(tickets) == 1:
        context |= _other_to_choose(request, tickets[0])
    elif not tickets:
        context |= {"last_merge": _last_merge(request)}
    return render(request, "desk/merging.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk_view
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    visible = Ticket.objects.visible_to(request.user)
    merged = get_object_or_404(Merge, pk=pk, ticket__in=visible, into__in=visible)
    if undo_merge(merged, by=request.user):
        messages.info(request, _("#%(number)d stands by itself again.") % {"number": merged.ticket_id})
    else:
        messages.info(request, _("This merge can no longer be undone."))
    return redirect("ticket", number=merged.ticket_id)


@require_POST
@desk_view
def apart(request: DeskRequest, number: int, other: int) -> HttpResponse:
    """Not a duplicate: the two are not held against each other again."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    keep_apart(ticket, ticket_seen_by(request.user, other), by=request.user)
    return redirect("ticket", number=number)


def _asked_for(request: DeskRequest) -> TicketQuerySet:
    chosen = _named(request) or list(request.session.get("selected", ()))
    seen = Ticket.objects.visible_to(request.user).filter(pk__in=chosen[:MOST])
    return seen.select_related("customer", "account").order_by("created_at", "number")


def _named(request: DeskRequest) -> list[int]:
    return numbers_in(" ".join(_written(request)).replace("#", " "))


def _written(request: DeskRequest) -> list[str]:
    named = request.POST if request.method == "POST" else request.GET
    return [words for words in named.getlist("number") if words.strip()]


def _other_to_choose(request: DeskRequest, ticket: Ticket) -> dict[str, Any]:
    """One ticket alone: what it may be a duplicate of, and why what was asked for is no other one."""
    known = ticket.known_evidence()
    named = _named(request)
    unknown = [number for number in named if number != ticket.number]
    no_numbers = [words for words in _written(request) if not numbers_in(words.replace("#", " "))]
    return {
        "suspects": suspects_of(ticket, known, reader=request.user),
        "unknown": unknown,
        "no_numbers": no_numbers,
        "is_itself": len(named) > 1 and not unknown and not no_numbers,
    }


def _with_ways_out(tickets: TicketQuerySet) -> list[Ticket]:
    """Where more than two are asked for, each with the address of this page without it, as `address_without`."""
    shown: list[Any] = list(tickets)
    for ticket in shown:
        ticket.address_without = _without(shown, {ticket.number})
    return shown


def _without(tickets: Sequence[Ticket], numbers: Collection[int]) -> str:
    """This page without some of the tickets; empty where less than two stay, or none would go."""
    stay = [ticket.number for ticket in tickets if ticket.number not in numbers]
    return f"?{urlencode({'number': stay}, doseq=True)}" if 1 < len(stay) < len(tickets) else ""


def _last_merge(request: DeskRequest) -> int | None:
    """Where one's last merge led: who comes back to this page finds the way on."""
    number = request.session.get("merged")
    return number if number and Ticket.objects.visible_to(request.user).filter(pk=number).exists() else None


def _oldest(tickets: TicketQuerySet) -> int | None:
    """The first that stands: its number is the one people know longest."""
    return next((each.pk for each in tickets if each.merged_into_id is None), None)


def _say(request: DeskRequest, merged: list[Merge]) -> None:
    numbers = listed(f"#{each.ticket_id}" for each in merged)
    said = ngettext(
        "%(numbers)s is merged into this ticket.", "%(numbers)s are merged into this ticket.", len(merged)
    )
    messages.info(request, said % {"numbers": numbers})
