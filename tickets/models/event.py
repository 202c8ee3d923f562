import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from .hashing import sha256_of
from .person import Person
from .ticket import Ticket

FIRST = "0" * 64  # what the first entry of a chain names as its predecessor


def new_salt() -> str:
    return secrets.token_hex(16)


class Event(models.Model):
    """One entry of a ticket's evidence chain: append-only, each carrying the hash of the one before it.

    The hash covers the digest of `data`, not `data` itself, and the digest is salted. So personal parts can be
    erased together with their salt later on, and the chain still verifies without telling what stood there: a later
    entry, `ERASED`, names the positions whose content went.
    """

    ERASED = "content_erased"

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=40)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    actor = models.CharField(max_length=40)  # person:7, customer, engine, api:3 – stays when the person goes
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, default=new_salt)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        ordering = ["ticket_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "position"], name="event_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.position} of #{self.ticket_id}"

    @property
    def is_erased(self) -> bool:
        return not self.salt

    def digest_of_data(self) -> str:
        return sha256_of([self.salt, self.data])

    def hash_of_entry(self) -> str:
        return sha256_of(
            [
                self.previous,
                self.ticket_id,
                self.position,
                self.kind,
                self.actor,
                self.at.isoformat(),
                self.digest,
            ]
        )
