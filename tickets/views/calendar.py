"""A business calendar: opening hours, zone and holidays."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.calendar import CalendarForm
from tickets.models import BusinessCalendar
from tickets.services.language import listed
from tickets.services.service_level import InUse, remove_calendar, save_calendar

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, BusinessCalendar(zone=request.user.time_zone))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, get_object_or_404(BusinessCalendar, pk=pk))


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    calendar = get_object_or_404(BusinessCalendar, pk=pk)
    try:
        remove_calendar(calendar, by=request.user)
    except InUse as use:
        messages.error(
            request,
            _("“%(name)s” stays: these policies count in its hours: %(policies)s.")
            % {"name": calendar.name, "policies": listed(use.names)},
        )
        return redirect("calendar", pk=pk)
    messages.success(request, _("“%(name)s” was removed.") % {"name": calendar.name})
    return redirect("work")


def _edit(request: DeskRequest, calendar: BusinessCalendar) -> HttpResponse:
    form = CalendarForm(request.POST or None, instance=calendar)
    if form.is_valid():
        save_calendar(form.instance, holidays=form.cleaned_data["holidays"], by=request.user)
        messages.success(
            request, _("“%(name)s” was saved; open deadlines are counted anew.") % {"name": calendar.name}
        )
        return redirect("work")
    context = {"form": form, "calendar": calendar, **rail_of(request.user)}
    return render(request, "curation/calendar.html", context, status=422 if form.is_bound else 200)
