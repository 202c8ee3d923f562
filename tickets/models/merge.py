import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .message import Message
from .person import Person
from .ticket import Ticket

UNDO_WITHIN = datetime.timedelta(days=30)


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Reversible(models.Model):
    """Something done to tickets that stays in the record when it is taken back."""

    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and timezone.now() < self.created_at + UNDO_WITHIN

    @property
    def undo_until(self) -> datetime.datetime:
        return self.created_at + UNDO_WITHIN


class Merge(Reversible):
    """A ticket that lives on in another one. Taken back, it stands by itself again.

    Shape of `before`: that of `put_back.status_before`, "escalation": id moved to the survivor, and "survivor": what
    `status_before` said of that, with "position", how long its chain was.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges_received")
    before = models.JSONField(default=dict)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(undone_at=None), name="merge_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} merged into #{self.into_id}"


class Split(Reversible):
    """A second problem out of one message, now a ticket of its own. `copy` is that ticket's first message."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="splits")
    part = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="split_from")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="splits")
    copy = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="copied_by")

    class Meta:
        verbose_name = _("split")

    def __str__(self) -> str:
        return f"#{self.part_id} split off #{self.ticket_id}"


class KeptApart(models.Model):
    """Two tickets that a person said are no duplicates; `first` has the lower number."""

    first = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pair kept apart")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="kept_apart_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.first_id} and #{self.second_id} kept apart"
