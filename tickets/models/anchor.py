from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .hashing import sha256_of
from .ticket import Ticket

MARK = 16  # hex digits of an entry's hash that an anchor keeps


class Anchor(models.Model):
    """A day's word on all evidence chains, naming the anchor before it: what stood then cannot be written anew unseen.

    `root` is the Merkle root over its chains (tickets/services/merkle.py): those that grew since the anchor before.
    The others are held by the earlier anchors, which `previous` leads to.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)  # from 1, without gaps
    day = models.DateField(_("day"), unique=True)  # UTC
    at = models.DateTimeField(_("made"))
    chains = models.PositiveIntegerField(_("chains that grew"))
    entries = models.PositiveBigIntegerField(_("new entries"))
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = AppendOnlyQuerySet["Anchor"].as_manager()

    class Meta:
        verbose_name = _("anchor")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.day}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly

    def hash_of_anchor(self) -> str:
        return sha256_of(
            [
                self.previous,
                self.number,
                self.day.isoformat(),
                written(self.at),
                self.chains,
                self.entries,
                self.root,
            ]
        )


class AnchoredChain(models.Model):
    """What one anchor holds of one chain. No foreign keys that a database would follow: it outlives what it tells of.

    `marks` are the first digits of the hash of each entry that came since the anchor before, so that a chain written
    anew shows at its first wrong entry, and not only somewhere before its head.
    """

    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="anchored")
    ticket = models.ForeignKey(
        Ticket, models.DO_NOTHING, related_name="anchored", db_constraint=False, db_index=False
    )
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    marks = models.TextField()

    objects = AppendOnlyQuerySet["AnchoredChain"].as_manager()

    class Meta:
        verbose_name = _("anchored chain")
        ordering = ["ticket_id", "length"]
        constraints = [models.UniqueConstraint(fields=["ticket", "length"], name="anchored_chain_once")]

    def __str__(self) -> str:
        return f"#{self.ticket_id} to {self.length}"

    @property
    def leaf(self) -> list[object]:
        return [self.ticket_id, self.length, self.head, self.marks]


def written(at: datetime) -> str:
    return at.isoformat()
