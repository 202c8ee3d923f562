"""A service level policy: what is promised to which tickets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.service_level import PolicyForm
from tickets.models import BusinessCalendar, SlaPolicy
from tickets.services.service_level import InUse, remove_policy, save_policy

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    if not BusinessCalendar.objects.exists():
        messages.info(request, _("First make a calendar whose hours the policy counts in."))
        return redirect("calendar_new")
    return _edit(request, SlaPolicy())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, get_object_or_404(SlaPolicy.objects.select_related("calendar"), pk=pk))


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    policy = get_object_or_404(SlaPolicy, pk=pk)
    try:
        remove_policy(policy, by=request.user)
    except InUse:
        messages.error(
            request,
            _("“%(name)s” stays: tickets were promised by it. Take it out of use instead.")
            % {"name": policy.name},
        )
        return redirect("policy", pk=pk)
    messages.success(request, _("“%(name)s” was removed.") % {"name": policy.name})
    return redirect("work")


def _edit(request: DeskRequest, policy: SlaPolicy) -> HttpResponse:
    form = PolicyForm(request.POST or None, instance=policy)
    if form.is_valid():
        save_policy(form.instance, by=request.user)
        messages.success(
            request, _("“%(name)s” was saved; open deadlines are counted anew.") % {"name": policy.name}
        )
        return redirect("work")
    context = {"form": form, "policy": policy, **rail_of(request.user)}
    return render(request, "curation/policy.html", context, status=422 if form.is_bound else 200)
