"""For whom a canned reply or a macro is kept: its owner, a team, everybody."""

from django.utils.translation import gettext as _

from tickets.models import CannedReply, Macro, Person, Team
from tickets.models.scoped import EVERYBODY, OWN, TEAM, Scoped


def put_in_scope(kept: Scoped, scope: str, *, by: Person) -> None:
    """Unsaved yet. Who makes something their own that was a team's or everybody's is its owner."""
    kept.team_id = team_in(scope)
    if scope == OWN:
        kept.owner = kept.owner or by
    else:
        kept.owner = None


def team_in(scope: str) -> int | None:
    return int(scope.removeprefix(TEAM)) if scope.startswith(TEAM) else None


def scopes_open_to(person: Person, *, may_share: bool) -> list[tuple[str, str]]:
    """What a person may choose from, each with its words."""
    teams = [(f"{TEAM}{team.pk}", _("Team %(name)s") % {"name": team}) for team in person.teams.all()]
    everybody = [(EVERYBODY, _("Everybody"))] if may_share else []
    return [(OWN, _("Only me")), *teams, *everybody]


def scope_said(scope: str) -> str:
    """In words, whoever reads it. A team that is gone has no name any more."""
    if scope == EVERYBODY:
        return _("for everybody")
    if scope == OWN:
        return _("only for its owner")
    team = Team.objects.filter(pk=int(scope.removeprefix(TEAM))).first()
    return _("for the team %(name)s") % {"name": team} if team else _("for a team that is gone")


def reaches(reply: CannedReply, scope: str) -> bool:
    """Whether everybody who gets a macro of this scope may send this reply."""
    return reply.scope == EVERYBODY or reply.scope == scope or scope == OWN


def give_to_person(team: Team, person: Person) -> int:
    """What a team keeps becomes this person's own; how many that were."""
    return sum(
        model.objects.filter(team=team).update(team=None, owner=person) for model in (CannedReply, Macro)
    )
