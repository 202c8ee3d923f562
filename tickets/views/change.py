"""One action on all selected tickets, or on one row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.assignment import AssignmentForm
from tickets.forms.bulk import IncidentForm, ResolveForm, StatusForm, TagForm
from tickets.forms.snooze import SnoozeForm
from tickets.forms.verdict import OverruleForm
from tickets.models import BulkChange, Person, Ticket
from tickets.services import bulk
from tickets.services.checks import HeldBack
from tickets.services.language import listed

from .rail import rail_of
from .request import DeskRequest, desk_view
from .selection import chosen, next_page, numbers_in, remember
from .undoing import offer_in_list

Action = BulkChange.Action


@dataclass(frozen=True, slots=True)
class Kind:
    """What an action is called, what it asks for, and the verb that does it with what was given."""

    title: str | Promise
    form: Callable[..., forms.Form]
    apply: Callable[..., BulkChange]
    hint: str | Promise = ""


KINDS: dict[str, Kind] = {
    Action.ASSIGN: Kind(gettext_lazy("Assign"), AssignmentForm, bulk.assign_all),
    Action.STATUS: Kind(gettext_lazy("Set status"), StatusForm, bulk.set_status_of_all),
    Action.SNOOZE: Kind(pgettext_lazy("verb", "Snooze"), SnoozeForm, bulk.snooze_all),
    Action.CONFIRM: Kind(gettext_lazy("Confirm verdicts"), forms.Form, bulk.confirm_all),
    Action.OVERRULE: Kind(
        gettext_lazy("Set verdict"),
        OverruleForm,
        bulk.overrule_all,
        gettext_lazy("Verdicts that a person gave stay as they are."),
    ),
    Action.TAG: Kind(pgettext_lazy("verb", "Tag"), TagForm, bulk.tag_all),
    Action.INCIDENT: Kind(gettext_lazy("Link to incident"), IncidentForm, bulk.attach_all),
    Action.RESOLVE: Kind(
        gettext_lazy("Resolve"),
        ResolveForm,
        bulk.resolve_all,
        gettext_lazy("Each keeps the cause that stands on it. What is with the engineers stays open."),
    ),
}
GIVEN = {  # what a form cleans that its verb does not take
    Action.SNOOZE: ("until", "wakes_at"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, action: str) -> HttpResponse:
    """Ask for what the action needs; posted, do it on the tickets named, or else on the selected ones."""
    permissions.require(permissions.can_work_tickets(request.user))
    kind = KINDS.get(action)
    if kind is None:
        raise Http404
    is_named = "shown" not in request.POST and bool(_named(request))
    numbers = _named(request) if is_named else _selected(request)
    seen = Ticket.objects.visible_to(request.user).select_related("incident")
    tickets = list(seen.filter(pk__in=numbers).order_by("number"))
    if not tickets:
        messages.info(request, _("Tick the tickets first, then choose what to do with them."))
        return redirect(next_page(request))
    form = _form(kind, request, tickets)
    change = _applied(kind, Action(action), form, tickets, by=request.user) if form.is_valid() else None
    if change is None:
        return _ask(request, action, kind, form, tickets, is_named=is_named)
    if not is_named:
        remember(request, [])
    offer_in_list(request, change)
    _say_what_stayed(request, Action(action), tickets, change)
    return redirect(next_page(request))


def _say_what_stayed(request: DeskRequest, action: Action, tickets: list[Ticket], change: BulkChange) -> None:
    """The tickets that the action left alone, by the reason for it."""
    changed = {entry["ticket"] for entry in change.changes}
    stayed: dict[str, list[str]] = {}
    for ticket in tickets:  # as they were before
        if ticket.number not in changed:
            stayed.setdefault(_why_not(action, ticket), []).append(f"#{ticket.number}")
    if stayed:
        parts = [
            _("%(tickets)s (%(why)s)") % {"tickets": listed(numbers), "why": why}
            for why, numbers in stayed.items()
        ]
        messages.info(request, _("Left as they are: %(tickets)s") % {"tickets": listed(parts)})


def _why_not(action: Action, ticket: Ticket) -> str:
    if action in (Action.RESOLVE, Action.SNOOZE) and ticket.is_resolved:
        return _("resolved already")
    if action == Action.RESOLVE:
        return _("with the engineers")
    if action == Action.SNOOZE:
        return _("of no open incident")
    if action in (Action.CONFIRM, Action.OVERRULE) and ticket.verdict_by_person:
        return _("judged by a person already")
    return _("so already")


def _applied(
    kind: Kind, action: Action, form: forms.Form, tickets: list[Ticket], *, by: Person
) -> BulkChange | None:
    """None where the words must not be said; the form says why."""
    given = {name: form.cleaned_data[name] for name in GIVEN.get(action, form.cleaned_data)}
    try:
        return kind.apply(tickets, by=by, **given)
    except HeldBack as held:
        for objection in held.objections:
            words = (objection.reason, objection.suggestion)
            form.add_error("plain", " ".join(each.in_language(by.language) for each in words))
        return None


def _ask(
    request: DeskRequest, action: str, kind: Kind, form: forms.Form, tickets: list[Ticket], *, is_named: bool
) -> HttpResponse:
    context: dict[str, Any] = {
        "action": action,
        "kind": kind,
        "form": form,
        "tickets": tickets,
        "numbers": [ticket.pk for ticket in tickets] if is_named else [],
        "go": _way_back(request),
        "new_incident": _new_incident(request, action, tickets),
        "none_open": isinstance(form, IncidentForm) and not form.offers,
    }
    if request.htmx:
        return render(request, "desk/change.html#editor", context)
    status = 422 if form.is_bound else 200
    return render(request, "desk/change.html", {**context, **rail_of(request.user)}, status=status)


def _form(kind: Kind, request: DeskRequest, tickets: list[Ticket]) -> forms.Form:
    more: dict[str, Any] = {}
    if kind.form is SnoozeForm:
        more = {"tickets": tickets}
    elif kind.form is AssignmentForm:
        more = {"by": request.user}
    form = kind.form(request.POST if request.method == "POST" else None, **more)
    if isinstance(form, SnoozeForm):  # where the browser can tell, it tells beside the list
        form.fields["at"].widget.attrs["min"] = form.now.strftime("%Y-%m-%dT%H:%M")
    return form


def _named(request: DeskRequest) -> list[int]:
    named = request.POST if request.method == "POST" else request.GET
    return numbers_in(" ".join(named.getlist("number")))


def _selected(request: DeskRequest) -> list[int]:
    """In the session; the form of the list tells what is ticked on its page since."""
    if "shown" not in request.POST:
        return list(request.session.get("selected", ()))
    numbers = chosen(request)
    remember(request, numbers)
    return numbers


def _way_back(request: DeskRequest) -> str:
    """The list that one came from."""
    if request.method == "POST":
        return request.POST.get("go", "")
    return (request.htmx.current_url_abs_path if request.htmx else "") or request.GET.get("go", "")


def _new_incident(request: DeskRequest, action: str, tickets: list[Ticket]) -> str:
    """Where an incident is opened with these tickets, for those who may."""
    if action != Action.INCIDENT or not permissions.can_run_incidents(request.user):
        return ""
    return urlencode({"numbers": ", ".join(str(ticket.pk) for ticket in tickets)})
