"""Versions of all rules: what each changed, how it was tried, who let it judge."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.rule_set import BacktestForm, ImportForm
from tickets.models import RuleSet
from tickets.services.paging import number_of
from tickets.services.rule.activation import (
    NotYet,
    SamePerson,
    activate,
    bring_back,
    mark_tested,
    obstacles_of,
    set_aside,
)
from tickets.services.rule.diff import differences
from tickets.services.rule.drafting import NoDraft, begin_draft, discard, replace_entries
from tickets.services.rule.exchange import as_text
from triage.engine.catalogue.problem import CatalogueError

from .rail import rail_of
from .request import DeskRequest, desk_view

PAGE = 30


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_rules(request.user))
    sets = RuleSet.objects.select_related("changed_by", "activated_by", "brings_back").defer(
        "content", "brings_back__content"
    )
    if (last := number_of(request.GET.get("after", ""))) is not None:
        sets = sets.filter(number__lt=last)
    rows = list(sets.newest_first()[: PAGE + 1])
    context = {
        "rule_sets": rows[:PAGE],
        "next": f"?after={rows[PAGE - 1].number}" if len(rows) > PAGE else "",
        "has_draft": RuleSet.objects.draft().exists(),
        "may_edit": permissions.can_edit_rules(request.user),
        **rail_of(request.user),
    }
    return render(request, "curation/rule_sets.html", context)


@require_POST
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """Begin a draft: as the active set, or as the version that `of` names."""
    permissions.require(permissions.can_edit_rules(request.user))
    of = number_of(request.POST.get("of", ""))
    source = RuleSet.objects.filter(number=of).first() if of is not None else None
    draft = begin_draft(by=request.user, of=source)
    return redirect("rule_set", number=draft.number)


@require_safe
@desk_view
def show(request: DeskRequest, number: int) -> HttpResponse:
    permissions.require(permissions.can_suggest_rules(request.user))
    rule_set = _rule_set(number)
    others = RuleSet.objects.exclude(pk=rule_set.pk).exclude(state=RuleSet.State.DRAFT).defer("content")
    asked = number_of(request.GET.get("against", ""))
    against = (others.filter(number=asked).first() if asked is not None else None) or _usual(rule_set)
    may_edit = permissions.can_edit_rules(request.user)
    context = {
        "rule_set": rule_set,
        "against": against,
        "others": others.newest_first()[:100],
        "differences": _differences(against, rule_set),
        "obstacles": obstacles_of(rule_set) if rule_set.is_draft else None,
        "backtests": rule_set.backtests.select_related("by", "against").defer("against__content")[:10],
        "backtest_form": BacktestForm(),
        "may_edit": may_edit,
        "may_activate": permissions.can_activate_rules(request.user, rule_set),
        "may_bring_back": permissions.can_bring_back_rules(request.user, rule_set),
        "waits_for_another": may_edit and rule_set.state == RuleSet.State.TESTED,
        **rail_of(request.user),
    }
    return render(request, "curation/rule_set.html", context)


@require_POST
@desk_view
def state(request: DeskRequest, number: int) -> HttpResponse:
    permissions.require(permissions.can_edit_rules(request.user))
    rule_set = _rule_set(number)
    try:
        match request.POST.get("to", ""):
            case "tested":
                mark_tested(rule_set, by=request.user)
                messages.success(request, _("Tested. Another admin can activate it now."))
            case "active":
                permissions.require(permissions.can_activate_rules(request.user, rule_set))
                activate(rule_set, by=request.user)
                messages.success(request, _("Rule set %(number)s judges from now on.") % {"number": number})
            case "back":
                permissions.require(permissions.can_bring_back_rules(request.user, rule_set))
                rule_set = bring_back(rule_set, by=request.user)
                said = _("Rule set %(number)s judges from now on. It is equal to %(old)s.")
                messages.success(request, said % {"number": rule_set.number, "old": number})
            case "aside":
                set_aside(rule_set, by=request.user)
            case "discarded":
                discard(rule_set, by=request.user)
                messages.info(request, _("The draft was thrown away. The audit still has its rules."))
                return redirect("rule_sets")
    except NotYet as refusal:
        messages.error(request, _first_obstacle(refusal))
    except (NoDraft, SamePerson):
        messages.error(request, _("It is not in the state for that any more."))
    return redirect("rule_set", number=rule_set.number)


@require_safe
@desk_view
def export(request: DeskRequest, number: int) -> HttpResponse:
    permissions.require(permissions.can_suggest_rules(request.user))
    rule_set = _rule_set(number)
    response = HttpResponse(as_text(rule_set), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rules-{rule_set.number}.yaml"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def bring(request: DeskRequest) -> HttpResponse:
    """Take in a set that another desk exported. It becomes the draft."""
    permissions.require(permissions.can_edit_rules(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        draft = begin_draft(by=request.user)
        replace_entries(draft, form.brought.entries, by=request.user)
        messages.success(request, _("Taken in as draft %(number)s.") % {"number": draft.number})
        if form.brought.left_out:
            names = ", ".join(form.brought.left_out[:8])
            messages.warning(request, _("Not in the catalogue of this desk: %(names)s") % {"names": names})
        return redirect("rule_set", number=draft.number)
    context = {
        "form": form,
        "has_draft": RuleSet.objects.draft().exists(),
        **rail_of(request.user),
    }
    return render(request, "curation/rules_import.html", context, status=422 if form.is_bound else 200)


def _rule_set(number: int) -> RuleSet:
    sets = RuleSet.objects.select_related("base", "changed_by", "activated_by", "brings_back", "begun_from")
    without = ("content", "base__content", "brings_back__content", "begun_from__content")
    return get_object_or_404(sets.defer(*without), number=number)


def _usual(rule_set: RuleSet) -> RuleSet | None:
    """What a set is compared with: a draft with what judges now, a version with the one it was begun from."""
    if rule_set.state in (RuleSet.State.DRAFT, RuleSet.State.TESTED):
        return RuleSet.objects.active().select_related("base").first() or rule_set.base
    return rule_set.begun_from


def _differences(before: RuleSet | None, after: RuleSet) -> list[object]:
    try:
        return list(differences(before, after)) if before else []
    except CatalogueError:
        return []


def _first_obstacle(refusal: NotYet) -> str:
    obstacles = refusal.obstacles
    if obstacles.problems:
        return f"{obstacles.problems[0].id}: {obstacles.problems[0].what}"
    if obstacles.needs_backtest:
        return _("Try it on past tickets first, exactly as it is now.")
    return _("It changes nothing.")
