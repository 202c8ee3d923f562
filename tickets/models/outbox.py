import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_ATTEMPTS = 8


def new_key() -> str:
    return uuid.uuid4().hex


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> Self:
        return self.filter(done_at=None, failed_at=None)

    def done(self) -> Self:
        return self.exclude(done_at=None)

    def failed(self) -> Self:
        """Given up: they wait for a person to look and to try again."""
        return self.exclude(failed_at=None)

    def ready(self, now: datetime.datetime) -> Self:
        """Due, and in nobody's hands: never claimed, or the lease of whoever claimed it is over."""
        return self.open().filter(Q(claimed_until=None) | Q(claimed_until__lte=now), due_at__lte=now)

    def claim(self, worker: str, *, until: datetime.datetime) -> int:
        """Take these for `worker`; how many were still free. One statement, so exactly one claimer wins."""
        return self.ready(timezone.now()).update(
            claimed_by=worker, claimed_until=until, attempts=F("attempts") + 1
        )

    def held_by(self, worker: str) -> Self:
        return self.open().filter(claimed_by=worker)


class Job(models.Model):
    """Something to be done after the transaction that asked for it: a row first, a wake-up second."""

    kind = models.CharField(_("kind"), max_length=60)
    args = models.JSONField(_("arguments"), default=list)
    # Names the job to the outside, so that a receiver can tell a second delivery from a second event.
    key = models.CharField(_("idempotency key"), max_length=200, unique=True, default=new_key)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(done_at=None, failed_at=None), name="job_open_by_due"
            ),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="job_failed"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="job_done"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.args}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.failed_at is None
