"""Macros that people keep: the list, writing one with its preview, its versions, taking it off offer."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.macro import MacroForm
from tickets.models import Macro, MacroVersion
from tickets.models.scoped import OWN
from tickets.services.content_diff import Content, NewerVersion
from tickets.services.macro.preview import preview_on
from tickets.services.macro.record import Record, kept_for, record_of
from tickets.services.macro.version import (
    NOTHING,
    bring_back,
    content_of,
    create_macro,
    differences,
    offer,
    save_macro,
    standing_before,
)
from tickets.services.macro.words import Named, said_actions, said_conditions

from .kept import TABS, VERSIONS_SHOWN, address_of_next, note_of_return, said_newer, say_returned
from .rail import rail_of
from .request import DeskRequest, desk_view


@dataclass(frozen=True, slots=True)
class Row:
    macro: Macro
    does: list[str]
    offered_where: list[str]
    may_change: bool
    record: Record


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_work_tickets(request.user))
    only = request.GET.get("only", "")
    only = only if only in TABS else ""
    page = kept_for(request.user, only=only, after=request.GET.get("after", ""))
    named = Named.by([record.macro for record in page.records])
    rows = [
        Row(
            record.macro,
            said_actions(record.macro, named),
            said_conditions(record.macro),
            permissions.can_change_macro(request.user, record.macro),
            record,
        )
        for record in page.records
    ]
    context = {
        "rows": rows,
        "next": address_of_next(page.after, only=only),
        "only": only,
        "tabs": TABS,
        **rail_of(request.user),
    }
    return render(request, "curation/macros.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """A new one; named in the address, beginning as a copy of another."""
    permissions.require(permissions.can_work_tickets(request.user))
    content = NOTHING
    copied = request.GET.get("of", "")
    if copied.isdecimal():
        source = get_object_or_404(Macro.objects.visible_to(request.user), pk=int(copied))
        content = {**content_of(source), "scope": OWN}
    form = _form(request, content, seen=None)
    if form.is_valid() and "preview" not in request.POST:
        macro = create_macro(form.content, by=request.user)
        messages.success(request, _("%(name)s was saved.") % {"name": macro})
        return redirect("macros")
    return _page(request, Macro(owner=request.user), form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Change one's own or a team's, or as an admin one for everybody. A built-in one that is changed is ours from then
    on.
    """
    macro = _seen_by(request, pk)
    permissions.require(permissions.can_change_macro(request.user, macro))
    newest = macro.versions.first()
    form = _form(request, content_of(macro), seen=newest.number if newest else None)
    if not form.is_valid() or "preview" in request.POST:
        return _page(request, macro, form)
    try:
        save_macro(macro, form.content, by=request.user, seen=form.cleaned_data["seen"])
    except NewerVersion as meanwhile:
        return _changed_meanwhile(request, macro, meanwhile)
    macro.refresh_from_db()
    messages.success(request, _("%(name)s was saved.") % {"name": macro})
    return redirect("macros")


@require_POST
@desk_view
def retiring(request: DeskRequest, pk: int) -> HttpResponse:
    """Off offer, or with `again` on offer again."""
    macro = _seen_by(request, pk)
    permissions.require(permissions.can_change_macro(request.user, macro))
    again = "again" in request.POST
    offer(macro, by=request.user, is_active=again)
    words = _("%(name)s is offered again.") if again else _("%(name)s is offered no more.")
    messages.info(request, words % {"name": macro})
    return redirect("macros")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def version(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """One version beside the one before it, and bringing it back."""
    macro = _seen_by(request, pk)
    permissions.require(permissions.can_change_macro(request.user, macro))
    kept = get_object_or_404(MacroVersion.objects.select_related("macro", "by"), macro=pk, number=number)
    if request.method == "POST":
        came = bring_back(kept, by=request.user, note=note_of_return(number))
        say_returned(request, number, differs=came is not None)
        return redirect("macro", pk=pk)
    context = {
        "macro": macro,
        "version": kept,
        "differences": list(differences(standing_before(kept), kept.content)),
        "is_newest": macro.versions.first() == kept,
        **rail_of(request.user),
    }
    return render(request, "curation/macro_version.html", context)


def _seen_by(request: DeskRequest, pk: int) -> Macro:
    permissions.require(permissions.can_work_tickets(request.user))
    macros = Macro.objects.visible_to(request.user).select_related("owner", "team", "changed_by")
    return get_object_or_404(macros, pk=pk)


def _form(
    request: DeskRequest, content: Content, *, seen: int | None, data: QueryDict | None = None
) -> MacroForm:
    return MacroForm(
        data or request.POST or None,
        content=content,
        seen=seen,
        by=request.user,
        may_share=permissions.can_share_macros(request.user),
    )


def _changed_meanwhile(request: DeskRequest, macro: Macro, meanwhile: NewerVersion) -> HttpResponse:
    """What was typed stays; saved again, it goes on from the newer version."""
    data = request.POST.copy()
    data["seen"] = str(meanwhile.newest.number)
    form = _form(request, content_of(macro), seen=None, data=data)
    form.add_error(None, said_newer(meanwhile))
    return _page(request, macro, form, compare=meanwhile.newest.number)


def _page(request: DeskRequest, macro: Macro, form: MacroForm, *, compare: int = 0) -> HttpResponse:
    """With the preview, where a ticket was named and the macro may be kept."""
    ticket = form.cleaned_data.get("ticket") if form.is_bound else None
    preview = None
    if ticket is not None and form.is_valid():
        preview = preview_on(ticket, form.content, by=request.user)
    context = {
        "macro": macro,
        "record": record_of(macro) if macro.pk else None,
        "form": form,
        "compare": compare,
        "preview": preview,
        "versions": macro.versions.select_related("by")[:VERSIONS_SHOWN] if macro.pk else [],
        **rail_of(request.user),
    }
    refused = form.is_bound and not form.is_valid()
    return render(request, "curation/macro.html", context, status=422 if refused else 200)
