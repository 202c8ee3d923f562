"""The operator's list of models and prices: read, change, import and take out."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.gateway_model import GatewayModelForm, ImportForm
from tickets.models import AuditEntry, GatewayModel, GatewayModelChange
from tickets.services.audit import note
from tickets.services.gateway_model import import_models, plan_import, remove_model, save_model
from tickets.services.model_list import as_table
from tickets.services.redaction import make_safe

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 100
CHANGES_SHOWN = 8


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_models(request.user))
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    found = GatewayModel.objects.matching(words)
    rows = list(found.filter(name__gt=after)[: PAGE + 1])
    context = {
        "models": rows[:PAGE],
        "more_after": rows[PAGE - 1].name if len(rows) > PAGE else "",
        "count": found.count(),
        "q": words,
        "after": after,
        "changes": [
            Change.of(change)
            for change in GatewayModelChange.objects.select_related("by")[:CHANGES_SHOWN]
        ],
        **rail_of(request.user),
    }  # fmt: skip
    return render(request, "curation/models.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    return _edit(request, GatewayModel())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_models(request.user))
    return _edit(request, get_object_or_404(GatewayModel.objects.select_related("changed_by"), pk=pk))


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_models(request.user))
    model = get_object_or_404(GatewayModel, pk=pk)
    remove_model(model, by=request.user)
    messages.success(request, _("%(name)s was taken off the list.") % {"name": model.name})
    return redirect("models")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def bring(request: DeskRequest) -> HttpResponse:
    """The first post shows what would change, in our own table; the second, with `apply`, does it."""
    permissions.require(permissions.can_manage_models(request.user))
    if request.method != "POST":
        return _import_page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form, status=422, typed=_typed(request))
    plan = plan_import(form.listed.models, form.chosen_mode)
    if "apply" in request.POST:
        import_models(plan, by=request.user)
        messages.success(request, _("The list of models is up to date."))
        return redirect("models")
    table = as_table({"name": entry.name, **entry.values} for entry in form.listed.models)
    shown = ImportForm(initial={"mode": form.chosen_mode})
    return _import_page(request, shown, plan=plan, typed=table)


@require_safe
@desk_view
def export(request: DeskRequest) -> HttpResponse:
    """The whole list as the table that the import reads back."""
    permissions.require(permissions.can_manage_models(request.user))
    note(AuditEntry.Kind.EXPORT, by=request.user, about="models.csv")
    answer = HttpResponse(as_table(GatewayModel.objects.values()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="models.csv"'
    return answer


def _typed(request: DeskRequest) -> str:
    """The refused list as it may be shown again; nothing of one that is too long for it."""
    safe = make_safe(request.POST.get("text", ""))
    return "" if safe.was_cut else safe.text


def _edit(request: DeskRequest, model: GatewayModel) -> HttpResponse:
    permissions.require(permissions.can_manage_models(request.user))
    form = GatewayModelForm(request.POST or None, instance=model)
    if form.is_valid():
        save_model(form.instance, by=request.user)
        messages.success(request, _("%(name)s was saved.") % {"name": model.name})
        return redirect("models")
    context = {"form": form, "model": model, **rail_of(request.user)}
    return render(request, "curation/model.html", context, status=422 if form.is_bound else 200)


def _import_page(request: DeskRequest, form: ImportForm, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, **more, **rail_of(request.user)}
    return render(request, "curation/models_import.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the list's record, as a sentence with the names that it is about."""

    row: GatewayModelChange
    sentence: str
    names: str

    @classmethod
    def of(cls, row: GatewayModelChange) -> "Change":
        added, removed = row.data.get("added", []), row.data.get("removed", [])
        changed = row.data.get("changed", {})
        parts = [
            words
            for count, words in (
                (len(added), ngettext("%(n)d added", "%(n)d added", len(added))),
                (len(changed), ngettext("%(n)d changed", "%(n)d changed", len(changed))),
                (len(removed), ngettext("%(n)d removed", "%(n)d removed", len(removed))),
            )
            if count
        ]
        counts = [count for count in (len(added), len(changed), len(removed)) if count]
        sentence = ", ".join(words % {"n": count} for words, count in zip(parts, counts, strict=True))
        names = [*added, *changed, *removed]
        return cls(row, sentence, ", ".join(names[:3]) + (" …" if len(names) > 3 else ""))
