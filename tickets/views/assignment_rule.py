"""One rule that gives new tickets to people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.assignment_rule import AssignmentRuleForm
from tickets.models import AssignmentRule
from tickets.services.assignment_rule import remove_rule, save_rule

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, AssignmentRule())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, get_object_or_404(AssignmentRule, pk=pk))


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    rule = get_object_or_404(AssignmentRule, pk=pk)
    remove_rule(rule, by=request.user)
    messages.success(request, _("“%(name)s” was removed.") % {"name": rule.name})
    return redirect("work")


def _edit(request: DeskRequest, rule: AssignmentRule) -> HttpResponse:
    form = AssignmentRuleForm(request.POST or None, instance=rule)
    if form.is_valid():
        save_rule(form.instance, people=form.cleaned_data["people"], by=request.user)
        messages.success(request, _("“%(name)s” was saved.") % {"name": rule.name})
        return redirect("work")
    context = {"form": form, "rule": rule, **rail_of(request.user)}
    return render(request, "curation/assignment_rule.html", context, status=422 if form.is_bound else 200)
