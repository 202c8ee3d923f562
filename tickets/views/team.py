"""Teams as admins keep them, and the queue that a ticket stands in."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.team import TeamForm, TicketTeamForm
from tickets.models import Team, Ticket
from tickets.services.team import give_to_team, remove_team, save_team

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    unsolved = Q(tickets__merged_into=None) & ~Q(tickets__status=Ticket.Status.RESOLVED)
    teams = Team.objects.prefetch_related("members").annotate(
        open_count=Count("tickets", filter=unsolved & Q(tickets__isnull=False), distinct=True)
    )
    return render(request, "curation/teams.html", {"teams": teams, **rail_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, Team())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    return _edit(request, get_object_or_404(Team, pk=pk))


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    team = get_object_or_404(Team, pk=pk)
    name = team.name
    kept = remove_team(team, by=request.user)
    messages.success(request, _("“%(name)s” was removed.") % {"name": name})
    if kept:
        words = ngettext(
            "%(n)d reply or macro that it kept is your own now.",
            "%(n)d replies and macros that it kept are your own now.",
            kept,
        )
        messages.info(request, words % {"n": kept})
    return redirect("teams")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def of_ticket(request: DeskRequest, number: int) -> HttpResponse:
    """Given to a team that the giver is not in, the ticket may be out of their sight: they are told, and led away."""
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_work_tickets(request.user))
    form = TicketTeamForm(request.POST or None, initial={"team": ticket.team_id})
    if request.method == "POST":
        form = TicketTeamForm(request.POST)
        if form.is_valid():
            give_to_team(ticket, form.cleaned_data["team"], by=request.user)
            if Ticket.objects.visible_to(request.user).filter(pk=ticket.pk).exists():
                return redirect("ticket", number=ticket.pk)
            messages.success(
                request, _("#%(number)s is in another team's queue now.") % {"number": ticket.pk}
            )
            return redirect("inbox")
    context = {"ticket": ticket, "form": form, **rail_of(request.user)}
    return render(request, "desk/ticket_team.html", context, status=422 if form.is_bound else 200)


def _edit(request: DeskRequest, team: Team) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=team)
    if form.is_valid():
        save_team(form.instance, people=form.cleaned_data["people"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("teams")
    context = {"form": form, "team": team, **rail_of(request.user)}
    return render(request, "curation/team.html", context, status=422 if form.is_bound else 200)
