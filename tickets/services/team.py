"""Teams: who is in them, which tickets are theirs, and whose sight they narrow."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from tickets.models import Person, Team, Ticket

from .event import record
from .scope import give_to_person
from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("name", "is_narrow")


@transaction.atomic
def save_team(team: Team, *, people: Iterable[Person], by: Person) -> None:
    known = Team.objects.filter(pk=team.pk).first() if team.pk else None
    before = {**state_of(known, FIELDS), "people": _names(known)} if known else {}
    team.save()
    team.members.set(people)
    narrow_sight()
    changed = differences(before, {**state_of(team, FIELDS), "people": _names(team)})
    if changed:
        note_change(About.TEAM, Kind.SAVED if known else Kind.ADDED, team, by=by, data=changed)


@transaction.atomic
def remove_team(team: Team, *, by: Person) -> int:
    """Its tickets are everybody's again. Its replies and macros are the own ones of `by`; how many they were."""
    kept = give_to_person(team, by)
    note_change(About.TEAM, Kind.REMOVED, team, by=by)
    team.delete()
    narrow_sight()
    return kept


@transaction.atomic
def give_to_team(ticket: Ticket, team: Team | None, *, by: Person | str) -> None:
    """Put the ticket into a team's queue, or into nobody's. In the same queue already, nothing happens."""
    held = Ticket.objects.select_for_update().get(pk=ticket.pk)
    if held.team_id == (team and team.pk):
        return
    before = str(held.team) if held.team else ""
    ticket.team = team
    ticket.save(update_fields=["team"])
    record(ticket, "team_set", by=by, team=team and team.pk, name=str(team or ""), before=before)


def narrow_sight() -> None:
    """`Person.is_narrowed` repeats what the teams say, so that no list has to ask for it."""
    narrow = Team.members.through.objects.filter(person=OuterRef("pk"), team__is_narrow=True)
    Person.objects.filter(Exists(narrow), is_narrowed=False).update(is_narrowed=True)
    Person.objects.filter(~Exists(narrow), is_narrowed=True).update(is_narrowed=False)


def _names(team: Team) -> list[str]:
    return [str(person) for person in team.members.order_by("name", "pk")]
