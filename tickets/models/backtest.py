from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .rule import RuleSet
from .ticket import Ticket, VerdictChoice


class BacktestQuerySet(models.QuerySet["Backtest"]):
    def open(self) -> Self:
        return self.filter(state__in=[Backtest.State.WAITING, Backtest.State.RUNNING])

    def at(self, position: int) -> Self:
        """Still open and exactly this far: a conditional update on these says who brought it further."""
        return self.open().filter(position=position)


class Backtest(models.Model):
    """A rule set tried on past tickets, beside the one that was active then."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("finished")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="backtests")
    against = models.ForeignKey(RuleSet, on_delete=models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64)  # of the rules that were tried: a draft may change afterwards
    days = models.PositiveIntegerField(_("days"), null=True, blank=True)
    most = models.PositiveIntegerField(_("tickets"), null=True, blank=True)
    first = models.BigIntegerField(default=0)  # of the tickets, by number
    last = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)  # the number of the last ticket that was tried
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    flips = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)  # shape: tickets.services.backtest_figures
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BacktestQuerySet.as_manager()

    class Meta:
        verbose_name = _("back-test")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set"], condition=Q(state__in=["waiting", "running"]), name="backtest_one_open"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="backtest_done_of_total"),
        ]

    def __str__(self) -> str:
        return f"back-test {self.pk} of {self.rule_set_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class BacktestFlip(models.Model):
    """A ticket that would be judged otherwise."""

    class Kind(models.TextChoices):
        BETTER = "better", _("better: as a person decided")
        WORSE = "worse", _("worse: a person decided as before")
        OPEN = "open", _("to look at")

    backtest = models.ForeignKey(Backtest, on_delete=models.CASCADE, related_name="flipped")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    verdict_before = models.CharField(max_length=20, choices=VerdictChoice)
    cause_before = models.CharField(max_length=60)
    verdict_after = models.CharField(max_length=20, choices=VerdictChoice)
    cause_after = models.CharField(max_length=60)
    cause_of_person = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        verbose_name = _("verdict that flips")
        constraints = [models.UniqueConstraint(fields=["backtest", "ticket"], name="backtest_flip_once")]
        indexes = [models.Index(fields=["backtest", "kind", "-ticket"], name="backtest_flip_kind")]

    def __str__(self) -> str:
        return f"#{self.ticket_id}: {self.cause_before} → {self.cause_after}"
