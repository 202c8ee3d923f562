from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Language, Person
from .team import Team
from .ticket import Ticket, VerdictChoice


class AssignmentRuleQuerySet(models.QuerySet["AssignmentRule"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class AssignmentRule(models.Model):
    """Who gets new tickets. The first one, by position, that fits a ticket applies to it."""

    class Mode(models.TextChoices):
        HAND = "hand", _("by hand")
        ROUND_ROBIN = "round_robin", _("round robin")
        LOAD = "load", _("by load")

    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    mode = models.CharField(_("mode"), max_length=12, choices=Mode, default=Mode.ROUND_ROBIN)
    # What a ticket must be; empty fits every ticket.
    verdict = models.CharField(_("verdict"), max_length=20, choices=VerdictChoice, blank=True)
    tier = models.CharField(_("customer tier"), max_length=40, blank=True)
    language = models.CharField(_("reply language"), max_length=8, choices=Language, blank=True)
    # The queue that a ticket which fits is put into.
    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.SET_NULL, null=True, blank=True)
    # Counts what was given; adding one is how a worker takes the rule for itself.
    turn = models.PositiveBigIntegerField(default=0, editable=False)

    objects = AssignmentRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment rule")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def fits(self, ticket: Ticket) -> bool:
        tier = ticket.account.tier.casefold() if ticket.account else ""
        return (
            self.verdict in ("", ticket.verdict)
            and self.tier.casefold() in ("", tier)
            and self.language in ("", ticket.language)
        )


class AssignmentMember(models.Model):
    """A person to whom a rule gives tickets. `served` is the rule's turn at which they got the last one."""

    rule = models.ForeignKey(AssignmentRule, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignment_seats")
    served = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("member of an assignment rule")
        ordering = ["served", "pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "person"], name="assignment_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.rule_id}"


class AssignmentWait(models.Model):
    """A new ticket for which nobody was free. It is given away as soon as somebody is."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="assignment_wait"
    )
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ticket that waits for a free person")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"#{self.ticket_id} since {self.since:%Y-%m-%d %H:%M}"
