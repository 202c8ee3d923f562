"""An update to all customers of an incident: written, looked at with its recipients, sent, and followed on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.incident_update import TEXTS, UpdateForm
from tickets.models import Incident, IncidentUpdate, Language
from tickets.services.incident.reach import (
    MERGED,
    NO_ADDRESS,
    NO_TEXT,
    RESOLVED,
    Reach,
    languages_of,
    reach_of,
)
from tickets.services.incident.update import (
    LivesOn,
    Progress,
    objections_to_update,
    progress_of,
    send_to_the_rest,
    send_update,
    the_rest_of,
)
from tickets.services.incident.words import first_words
from tickets.services.status_page import status_page

from .composer import Held
from .rail import rail_of
from .request import DeskRequest, desk_view

State = Incident.State
WHY = {
    MERGED: gettext_lazy("merged into another ticket"),
    RESOLVED: gettext_lazy("resolved already"),
    NO_ADDRESS: gettext_lazy("no e-mail address"),
    NO_TEXT: gettext_lazy("no text in their language"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, pk: int) -> HttpResponse:
    """Without `do=send` the page only shows who would get it. `?state=` begins with words for that state."""
    incident = _incident_seen_by(request, pk)
    permissions.require(permissions.can_run_incidents(request.user))
    if incident.merged_into_id is not None:
        return redirect("incident", pk=pk)
    form = UpdateForm(request.POST or None, initial=_begun(incident, request.GET.get("state", "")))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "desk/incident_update.html", _page(request, incident, form), status=status)
    state, texts, sure = form.cleaned_data["state"], form.texts, form.cleaned_data["sure"]
    objections = objections_to_update(incident, state, texts, sure=sure)
    if objections or request.POST.get("do") != "send":
        held = {
            TEXTS[language]: [Held.of(each, texts[language]) for each in found]
            for language, found in objections.items()
        }
        page = _page(request, incident, form, held=held, reach=reach_of(incident, written=texts))
        return render(request, "desk/incident_update.html", page, status=422 if objections else 200)
    is_public = form.cleaned_data["is_public"] and status_page().is_on
    try:
        send_update(incident, by=request.user, state=state, texts=texts, is_public=is_public, sure=sure)
    except LivesOn:
        messages.info(request, _("It was merged into another incident meanwhile; nothing was sent."))
    return redirect("incident", pk=pk)


@require_safe
@desk_view
def progress(request: DeskRequest, pk: int, update: int) -> HttpResponse:
    """How far it has come; asked for every few seconds until it is done."""
    found = _update_seen_by(request, pk, update)
    if not request.htmx:
        return redirect("incident", pk=pk)
    (told,) = told_of([found])
    return render(request, "desk/_incident_update.html", {"told": told, **_may(request)})


@require_POST
@desk_view
def rest(request: DeskRequest, pk: int, update: int) -> HttpResponse:
    """Send it to tickets that were attached since, and again where it failed."""
    found = _update_seen_by(request, pk, update)
    permissions.require(permissions.can_run_incidents(request.user))
    count = send_to_the_rest(found)
    words = ngettext("Sent to %(count)d more customer.", "Sent to %(count)d more customers.", count)
    messages.success(request, words % {"count": count} if count else _("Nobody is left who has not got it."))
    return redirect("incident", pk=pk)


@dataclass(frozen=True, slots=True)
class Told:
    """One update with how far it has come. `missing` are affected customers whom it has not reached; counted for the
    latest only.
    """

    update: IncidentUpdate
    progress: Progress
    missing: int = 0

    @property
    def texts(self) -> list[tuple[str, str]]:
        return list(self.update.texts.items())


def told_of(updates: Sequence[IncidentUpdate]) -> list[Told]:
    """Of one incident, the latest first."""
    counted = progress_of(updates)
    latest = max((update.pk for update in updates), default=0)
    return [
        Told(update, counted.get(update.pk, Progress()), the_rest_of(update) if update.pk == latest else 0)
        for update in updates
    ]


def _page(
    request: DeskRequest,
    incident: Incident,
    form: UpdateForm,
    *,
    held: Mapping[str, Sequence[Held]] | None = None,
    reach: Reach | None = None,
) -> dict[str, Any]:
    held = held or {}
    doubts = {each.code for found in held.values() for each in found if each.is_doubt}
    only_doubts = bool(held) and all(each.is_doubt for found in held.values() for each in found)
    return {
        "incident": incident,
        "form": form,
        "fields": [(form[field], held.get(field, ())) for field in TEXTS.values()],
        "read": [Language(language).label for language in sorted(languages_of(incident))],
        "doubts": sorted(doubts),
        "only_doubts": only_doubts,
        "reach": reach,
        "has_status_page": status_page().is_on,
        "can_send": reach is not None and (not held or only_doubts),
        "languages": [(Language(each).label, count) for each, count in reach.languages.items()]
        if reach
        else [],
        "without_text": [(Language(each).label, count) for each, count in reach.without_text.items()]
        if reach
        else [],
        "left_out": [(WHY[why], count) for why, count in reach.left_out.items()] if reach else [],
        "others": [(each, WHY[each.why]) for each in reach.others] if reach else [],
        "asks": form.is_bound and form.cleaned_data.get("state") == State.RESOLVED,
        **rail_of(request.user),
    }


def _begun(incident: Incident, asked: str) -> dict[str, Any]:
    state = asked if asked in State.values else incident.state
    return {
        "state": state,
        "is_public": True,
        **{TEXTS[language]: text for language, text in first_words(incident, state).items()},
    }


def _may(request: DeskRequest) -> dict[str, bool]:
    return {"can_run": permissions.can_run_incidents(request.user)}


def _incident_seen_by(request: DeskRequest, pk: int) -> Incident:
    permissions.require(permissions.can_read_incidents(request.user))
    return get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)


def _update_seen_by(request: DeskRequest, pk: int, update: int) -> IncidentUpdate:
    incident = _incident_seen_by(request, pk)
    return get_object_or_404(incident.updates.select_related("incident", "by"), pk=update)
