"""Keeping the rules that give tickets to people."""

from collections.abc import Iterable

from django.db import transaction

from tickets.models import AssignmentMember, AssignmentRule, Person

from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("name", "position", "is_active", "mode", "verdict", "tier", "language", "team")


@transaction.atomic
def save_rule(rule: AssignmentRule, *, people: Iterable[Person], by: Person) -> None:
    """Store a new or changed rule with its people. Who stays in it keeps their turn; who is new comes first."""
    known = AssignmentRule.objects.filter(pk=rule.pk).first() if rule.pk else None
    before = {**state_of(known, FIELDS), "people": _names(known)} if known else {}
    rule.save(update_fields=FIELDS if known else None)  # never the turn, which others may be taking
    chosen = {person.pk: person for person in people}
    rule.members.exclude(person__in=list(chosen)).delete()
    seated = set(rule.members.values_list("person", flat=True))
    AssignmentMember.objects.bulk_create(
        AssignmentMember(rule=rule, person=person) for pk, person in chosen.items() if pk not in seated
    )
    changed = differences(before, {**state_of(rule, FIELDS), "people": _names(rule)})
    if changed:
        note_change(About.RULE, Kind.SAVED if known else Kind.ADDED, rule, by=by, data=changed)


@transaction.atomic
def remove_rule(rule: AssignmentRule, *, by: Person) -> None:
    """Tickets that it gave away stay where they are."""
    note_change(About.RULE, Kind.REMOVED, rule, by=by)
    rule.delete()


def _names(rule: AssignmentRule) -> list[str]:
    return [str(member.person) for member in rule.members.select_related("person").order_by("person__name")]
