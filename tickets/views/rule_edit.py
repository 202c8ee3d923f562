"""Writing a rule: the form and the YAML side by side, and what it does on a pasted error."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.rule import NEW, RuleEditor, stored_editor
from tickets.models import RuleEntry, RuleSet
from tickets.services.rule import vocabulary as rule_vocabulary
from tickets.services.rule.drafting import (
    ChangedMeanwhile,
    NoDraft,
    begin_draft,
    draft_now,
    drop_rule,
    move,
    put_back,
    put_first,
    save_rule,
    switch_off,
    switch_on,
)
from tickets.services.rule.listing import row_of
from tickets.services.rule.set import active_rules, problems_of, rules_of
from tickets.services.rule.trial import Trial, try_text, with_rule
from triage.engine.catalogue.problem import CatalogueError
from triage.engine.catalogue.written import as_yaml, raw_of
from triage.engine.rule import RuleSet as Rules

from .rail import rail_of
from .request import DeskRequest, desk_view
from .rule import shown_set


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_edit_rules(request.user))
    return _edit(request, RuleEditor(NEW), "")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def edit(request: DeskRequest, rule: str) -> HttpResponse:
    """One of our own, or one of the catalogue: changed, it is ours and stands in its place."""
    permissions.require(permissions.can_edit_rules(request.user))
    row = row_of(shown_set(request), rule)
    if row is None:
        raise Http404
    written = row.entry.written if row.entry and row.entry.written else ""
    editor = stored_editor(written or as_yaml(raw_of(row.rule)))
    editor.opened = written
    return _edit(request, editor, rule)


@require_POST
@desk_view
def place(request: DeskRequest, rule: str) -> HttpResponse:
    """Earlier, later, first, back to its usual place, on, off, away. Begins a draft where there is none."""
    permissions.require(permissions.can_edit_rules(request.user))
    draft = begin_draft(by=request.user)
    try:
        match request.POST.get("do", ""):
            case "up" | "down" as way:
                move(draft, rule, up=way == "up", by=request.user)
            case "first":
                put_first(draft, rule, by=request.user)
            case "back":
                put_back(draft, rule, by=request.user)
            case "off":
                switch_off(draft, rule, by=request.user)
            case "on":
                switch_on(draft, rule, by=request.user)
            case "drop":
                drop_rule(draft, rule, by=request.user)
                messages.info(request, _("%(rule)s is taken away.") % {"rule": rule})
    except NoDraft:
        messages.error(request, _("This draft was closed meanwhile. Nothing was changed."))
    if request.POST.get("then") == "rule" and row_of(draft, rule) is not None:
        return redirect("rule", rule=rule)
    return redirect("rules")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def trial(request: DeskRequest) -> HttpResponse:
    """What the draft, or the rule that is being written, does on a pasted error beside the active rules."""
    permissions.require(permissions.can_suggest_rules(request.user))
    text = request.POST.get("trial", "")[:200_000]
    editor = RuleEditor.sent(request.POST.dict()) if "yaml" in request.POST else None
    context = {"trial": _tried(text, editor), "trial_text": text, "editor": editor}
    if request.htmx:
        return render(request, "curation/_trial.html", context)
    return render(request, "curation/rule_trial.html", {**context, **rail_of(request.user)})


def _edit(request: DeskRequest, editor: RuleEditor, rule: str) -> HttpResponse:
    status, text = 200, ""
    if request.method == "POST":
        editor = RuleEditor.sent(request.POST.dict())
        text = request.POST.get("trial", "")[:200_000]
        do = request.POST.get("do", "")
        if do.startswith("add-"):
            editor.add(do.removeprefix("add-"))
        elif do.startswith("remove-"):
            editor.remove(do.removeprefix("remove-"))
        elif do == "save":
            saved = _save(request, editor, rule)
            if saved is not None:
                return saved
            status = 422
    context: dict[str, Any] = {
        "editor": editor,
        "rule_id": rule,
        "draft": draft_now(),
        "trial": _tried(text, editor),
        "trial_text": text,
        "groups": _groups(editor),
        "samples": _samples(editor),
        **_vocabulary(),
        **rail_of(request.user),
    }
    return render(request, "curation/rule_edit.html", context, status=status)


def _save(request: DeskRequest, editor: RuleEditor, was: str) -> HttpResponse | None:
    """None where it cannot be kept: the page says why, with everything that was typed."""
    if editor.conflict or editor.rule is None:
        return None
    editor.mask()
    if editor.rule is None:
        return None
    draft = begin_draft(by=request.user)
    try:
        entry = save_rule(draft, editor.rule, editor.yaml, by=request.user, opened=editor.opened, was=was)
    except ChangedMeanwhile:
        messages.error(
            request,
            _(
                "Somebody else saved this rule meanwhile, or its name is taken. Yours is still here, not kept."
            ),
        )
        return None
    except NoDraft:
        messages.error(request, _("This draft was closed meanwhile. Your rule is still here, not kept."))
        return None
    _tell(request, editor, draft, entry)
    return redirect("rule", rule=entry.rule)


def _tell(request: DeskRequest, editor: RuleEditor, draft: RuleSet, entry: RuleEntry) -> None:
    messages.success(
        request,
        _("%(rule)s is kept in draft %(number)s.") % {"rule": entry.rule, "number": draft.number},
    )
    if editor.was_masked:
        messages.warning(request, _("Secrets in its cases were masked first."))
    missed = [problem.what for problem in problems_of(draft) if problem.id == entry.rule]
    if missed:
        messages.warning(
            request,
            _("It misses a case of its own, so the draft cannot be tested yet: %(why)s") % {"why": missed[0]},
        )


def _tried(text: str, editor: RuleEditor | None) -> Trial | None:
    if not text.strip():
        return None
    before, after = active_rules(), _draft_rules()
    if editor is None or editor.rule is None:
        return try_text(text, before, after)
    return try_text(text, before, with_rule(after, editor.rule), editor.rule)


def _draft_rules() -> Rules:
    draft = draft_now()
    try:
        return rules_of(draft) if draft else active_rules()
    except CatalogueError:
        return active_rules()


def _groups(editor: RuleEditor) -> list[tuple[str, str, list[Any]]]:
    titles = {"all": _("All of these"), "any": _("At least one of these"), "none": _("None of these")}
    return [(name, titles[name], rows) for name, rows in editor.groups.items()]


def _samples(editor: RuleEditor) -> list[tuple[str, str, str, list[Any], list[str]]]:
    titles = {
        "fires_on": (_("Must fire on"), _("Texts on which the rule has to fire; one at least.")),
        "quiet_on": (_("Must keep quiet on"), _("Near misses on which it must not fire; one at least.")),
    }
    return [(name, *titles[name], rows, _whole(editor, name)) for name, rows in editor.samples.items()]


def _whole(editor: RuleEditor, name: str) -> list[str]:
    """Mistakes that are about all cases together."""
    return [mistake.what for mistake in editor.mistakes if mistake.at == (name,)]


def _vocabulary() -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "signals": rule_vocabulary.signals(language),
        "ops": rule_vocabulary.ops(),
        "causes": rule_vocabulary.causes(language),
        "strengths": rule_vocabulary.strengths(),
    }
