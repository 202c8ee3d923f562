"""What people of the desk keep for themselves, for a team or for everybody."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .team import Team

Kept = TypeVar("Kept", bound=models.Model)
EVERYBODY, OWN, TEAM = "all", "own", "team-"


class ScopedQuerySet(models.QuerySet[Kept]):
    def visible_to(self, person: Person) -> Self:
        """Everybody's, one's own, and those of one's teams. Nobody else sees what a team keeps, admins neither."""
        teams = Team.members.through.objects.filter(person=person).values("team")
        return self.filter(
            models.Q(owner=None, team=None) | models.Q(owner=person) | models.Q(team__in=teams)
        )

    def for_everybody(self) -> Self:
        return self.filter(owner=None, team=None)

    def offered(self) -> Self:
        return self.filter(is_active=True)


class Scoped(models.Model):
    """`owner` or `team` says for whom it is; neither says for everybody."""

    owner = models.ForeignKey(
        Person, verbose_name=_("only for"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Removing a team gives what it keeps to a person first: nobody else is to see it all at once.
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint] | tuple[models.BaseConstraint, ...]] = [
            models.CheckConstraint(
                condition=models.Q(owner=None) | models.Q(team=None), name="%(class)s_one_scope"
            ),
        ]

    @property
    def scope(self) -> str:
        if self.team_id is not None:
            return f"{TEAM}{self.team_id}"
        return EVERYBODY if self.owner_id is None else OWN
