"""Macros that people keep: the list, writing one, taking it off offer."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.macro import MacroForm
from tickets.models import Macro
from tickets.services.macro_keeping import kept_for, offer_again, retire, save_macro
from tickets.services.macro_record import NO_RUN, Record, is_to_look_at, records_of
from tickets.services.macro_words import Named, said_actions, said_conditions

from .inbox import sidebar
from .request import DeskRequest, desk_view

TABS: dict[str, str | Promise] = {
    "": gettext_lazy("All"),
    "own": gettext_lazy("My own"),
    "review": gettext_lazy("To look at"),
    "retired": gettext_lazy("Off offer"),
}
KEPT = ("name", "name_zh", "folder", "folder_zh")


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
    macros = list(kept_for(request.user, only="" if only == "review" else only))
    records = records_of(macros)
    if only == "review":
        macros = [macro for macro in macros if is_to_look_at(macro, records.get(macro.pk, NO_RUN))]
    named = Named.by(macros)
    rows = [
        Row(
            macro,
            said_actions(macro, named),
            said_conditions(macro),
            permissions.can_change_macro(request.user, macro),
            records.get(macro.pk, NO_RUN),
        )
        for macro in macros
    ]
    context = {"rows": rows, "only": only, "tabs": TABS, **sidebar(request.user)}
    return render(request, "curation/macros.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """A new one; named in the address, beginning as a copy of another."""
    permissions.require(permissions.can_work_tickets(request.user))
    macro = Macro(owner=request.user)
    copied = request.GET.get("of", "")
    if copied.isdecimal():
        source = get_object_or_404(Macro.objects.visible_to(request.user), pk=int(copied))
        for name in (*KEPT, "conditions", "actions"):
            setattr(macro, name, getattr(source, name))
    return _edit(request, macro)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Change one's own, or as an admin one for everybody. Built-in ones are copied, not changed."""
    permissions.require(permissions.can_work_tickets(request.user))
    macro = get_object_or_404(Macro.objects.visible_to(request.user).select_related("changed_by"), pk=pk)
    permissions.require(permissions.can_change_macro(request.user, macro))
    if macro.is_built_in:
        return redirect("macros")
    return _edit(request, macro)


@require_POST
@desk_view
def retiring(request: DeskRequest, pk: int) -> HttpResponse:
    """Off offer, or with `again` on offer again."""
    permissions.require(permissions.can_work_tickets(request.user))
    macro = get_object_or_404(Macro.objects.visible_to(request.user), pk=pk)
    permissions.require(permissions.can_change_macro(request.user, macro))
    if "again" in request.POST:
        offer_again(macro, by=request.user)
        messages.info(request, _("%(name)s is offered again.") % {"name": macro})
    else:
        retire(macro, by=request.user)
        messages.info(request, _("%(name)s is offered no more.") % {"name": macro})
    return redirect("macros")


def _edit(request: DeskRequest, macro: Macro) -> HttpResponse:
    may_share = permissions.can_share_macros(request.user)
    form = MacroForm(request.POST or None, macro=macro, by=request.user, may_share=may_share)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in KEPT}
        save_macro(
            macro,
            by=request.user,
            for_all=form.cleaned_data.get("for_all", False),
            conditions=form.conditions,
            actions=form.actions,
            **given,
        )
        messages.success(request, _("%(name)s was saved.") % {"name": macro})
        return redirect("macros")
    context = {"form": form, "macro": macro, **sidebar(request.user)}
    return render(request, "curation/macro.html", context, status=422 if form.is_bound else 200)
