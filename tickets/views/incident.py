from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.incident import AttachForm, IncidentForm, StateForm
from tickets.forms.incident_relation import OtherForm, SplitForm
from tickets.forms.ledger import Behind
from tickets.models import Incident, IncidentChange, Ticket
from tickets.services.alike import numbers_alike
from tickets.services.catalogue import cause_named
from tickets.services.incident import states as services
from tickets.services.incident.apart import kept_apart_from, nearby
from tickets.services.incident.radius import radius_of
from tickets.services.paging import number_of

from .incident_history import history_of
from .incident_reason import reason_of
from .incident_update import told_of
from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by

ALL = "all"
SIZE = 50  # incidents of a page, and tickets that an incident's page shows
Kind, State = IncidentChange.Kind, Incident.State


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    """Open incidents, or with `?state=resolved` those that ended, or `all`; the newest first. What the ledger counts
    is named by provider, model and time beside.
    """
    permissions.require(permissions.can_read_incidents(request.user))
    state, behind = request.GET.get("state", ""), Behind(request.GET)
    is_past = state == State.RESOLVED
    incidents = Incident.objects.visible_to(request.user)
    if state != ALL:
        incidents = incidents.filter(state=State.RESOLVED) if is_past else incidents.open()
    if behind.is_valid():
        incidents = incidents.filter(behind.incidents)
    after = number_of(request.GET.get("after", ""))
    below = incidents.filter(pk__lt=after) if after is not None else incidents
    rows = list(below.annotate(ticket_count=Count("tickets")).order_by("-pk")[: SIZE + 1])
    context = {
        "incidents": rows[:SIZE],
        "after": rows[SIZE - 1].pk if len(rows) > SIZE else "",
        "is_past": is_past,
        "is_all": state == ALL,
        "behind": behind if behind.is_valid() else None,
        "asked": urlencode({name: text for name, text in request.GET.items() if name != "after" and text}),
        "can_run": permissions.can_run_incidents(request.user),
        "can_manage_status_page": permissions.can_manage_status_page(request.user),
        "can_manage_correlation": permissions.can_manage_correlation(request.user),
        "can_manage_provider_pages": permissions.can_manage_provider_pages(request.user),
        **rail_of(request.user),
    }
    return render(request, "desk/incidents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_run_incidents(request.user))
    form = IncidentForm(request.POST or None, initial=_begun(request))
    if form.is_valid():
        given = dict(form.cleaned_data)
        tickets = _tickets_of(request, given.pop("numbers"))
        return redirect("incident", pk=services.open_incident(by=request.user, tickets=tickets, **given).pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/incident_new.html", {"form": form, **rail_of(request.user)}, status=status)


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    return render(request, "desk/incident.html", page_of(request, _incident_seen_by(request, pk)))


@require_POST
@desk_view
def state(request: DeskRequest, pk: int) -> HttpResponse:
    incident = _incident_seen_by(request, pk)
    permissions.require(permissions.can_run_incidents(request.user))
    form = StateForm(request.POST)
    if form.is_valid():
        services.set_state(incident, form.cleaned_data["state"], by=request.user)
    return redirect("incident", pk=pk)


@require_POST
@desk_view
def tickets(request: DeskRequest, pk: int) -> HttpResponse:
    """Attach tickets by their numbers; with `out`, take one out. `back` is the ticket whose page asked for it."""
    incident = _incident_seen_by(request, pk)
    permissions.require(permissions.can_attach_to_incidents(request.user))
    if out := number_of(request.POST.get("out", "")):
        for ticket in _tickets_of(request, [out]):
            if ticket.incident_id == incident.pk:
                services.detach(ticket, by=request.user)
        return _where_it_was_asked(request, pk)
    form = AttachForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/incident.html", page_of(request, incident, attach_form=form), status=422)
    asked = form.cleaned_data["numbers"]
    found = _tickets_of(request, asked)
    services.attach(found, incident.merged_into or incident, by=request.user)
    if missing := sorted(set(asked) - {ticket.number for ticket in found}):
        numbers = ", ".join(f"#{number}" for number in missing)
        messages.info(request, _("No such ticket: %(numbers)s") % {"numbers": numbers})
    return _where_it_was_asked(request, pk)


def _begun(request: DeskRequest) -> dict[str, str]:
    """What the new incident begins with: `?alike=` is a ticket whose error others have as well."""
    number = number_of(request.GET.get("alike", ""))
    if number is None:
        return {"numbers": request.GET.get("numbers", "")}
    ticket = ticket_seen_by(request.user, number)
    known = {field: str(row.value) for field, row in ticket.current_evidence().items()}
    provider, model = known.get("provider", ""), known.get("model", "")
    cause = cause_named(ticket.cause).title.in_language(request.user.language)
    return {
        "title": ": ".join(filter(None, (model or provider, cause)))[:200],
        "provider": provider,
        "model": model,
        "numbers": ", ".join(str(each) for each in sorted({number, *numbers_alike(ticket)})),
    }


def _incident_seen_by(request: DeskRequest, pk: int) -> Incident:
    permissions.require(permissions.can_read_incidents(request.user))
    return get_object_or_404(
        Incident.objects.visible_to(request.user).select_related("opened_by", "merged_into"), pk=pk
    )


def _where_it_was_asked(request: DeskRequest, pk: int) -> HttpResponse:
    number = number_of(request.POST.get("back", ""))
    if number is None:
        return redirect("incident", pk=pk)
    return redirect(f"{reverse('ticket', args=[number])}?tab=incident#context")


def _tickets_of(request: DeskRequest, numbers: list[int]) -> list[Ticket]:
    return list(Ticket.objects.visible_to(request.user).filter(pk__in=numbers))


def page_of(request: DeskRequest, incident: Incident, **given: Any) -> dict[str, Any]:
    attached = Ticket.objects.visible_to(request.user).filter(incident=incident)
    apart = kept_apart_from(incident)
    context = {
        "incident": incident,
        "steps": _steps(incident),
        "reason": reason_of(incident),
        "notices": list(incident.notices.order_by("published_at")),
        "updates": told_of(list(incident.updates.select_related("incident", "by").reverse())),
        "tickets": attached.select_related("customer", "account").order_by("-number")[:SIZE],
        "count": attached.count(),
        "history": history_of(incident),
        "attach_form": AttachForm(),
        "radius": radius_of(incident),
        "apart": apart,
        "nearby": nearby(incident, apart=apart),
        "other_form": OtherForm(),
        "split_form": SplitForm(incident=incident),
        "can_run": permissions.can_run_incidents(request.user),
        "can_attach": permissions.can_attach_to_incidents(request.user),
        **rail_of(request.user),
    }
    return {**context, **given}


def _steps(incident: Incident) -> list[dict[str, Any]]:
    """The four states in order, with when each was reached last; what lies before the current one is past."""
    reached = {State.INVESTIGATING.value: incident.opened_at}
    changes = incident.changes.filter(kind=Kind.STATE).order_by("at")
    reached.update({change.state: change.at for change in changes})
    order = State.values
    now = order.index(incident.state)
    return [
        {
            "value": value,
            "label": State(value).label,
            "at": reached.get(value) if at <= now else None,
            "is_past": at < now,
            "is_now": at == now,
        }
        for at, value in enumerate(order)
    ]
