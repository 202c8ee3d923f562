"""Failed requests as gateways report them in bulk, and what is counted of them.

Rows come by the thousand, so no foreign key is checked by the database here. On PostgreSQL, `Failure` and
`FailureAccount` are kept in one partition for each day (UTC); `tickets/services/failure/days.py` makes and drops them.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person, Role
from .token import ApiToken


class FailureKind(models.Model):
    """What alike failures have in common. The id is made from the five fields, so that nobody has to ask for it."""

    id = models.BigIntegerField(primary_key=True)
    provider = models.CharField(_("provider"), max_length=80)
    model = models.CharField(_("model"), max_length=120)
    route = models.CharField(_("route"), max_length=120, blank=True)
    group = models.CharField(_("group"), max_length=80, blank=True)
    fingerprint = models.CharField(_("error fingerprint"), max_length=16, blank=True)
    words = models.TextField(_("error"), blank=True)  # normalised, as the fingerprint counts them
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kind of failure")
        indexes = [
            models.Index(fields=["fingerprint"], name="failurekind_fingerprint"),
            models.Index(fields=["provider", "model"], name="failurekind_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model}: {self.words}"


class FailureQuerySet(models.QuerySet["Failure"]):
    def visible_to(self, person: Person | object) -> Self:
        """The only door to failures. They are gateway logs: for those who may see evidence."""
        may = isinstance(person, Person) and person.is_active and person.role != Role.BILLING
        return self if may else self.none()

    def between(self, since: datetime, until: datetime) -> Self:
        return self.filter(occurred_at__gte=since, occurred_at__lt=until)


class Failure(models.Model):
    """One failed request. Its `code` stands for the sender's token and the sender's own id of the row."""

    pk = models.CompositePrimaryKey("code", "occurred_at")
    code = models.UUIDField()
    occurred_at = models.DateTimeField(_("time"))
    received_at = models.DateTimeField(_("received"))
    kind = models.ForeignKey(
        FailureKind, models.DO_NOTHING, related_name="failures", db_constraint=False, db_index=False
    )
    token = models.ForeignKey(
        ApiToken, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    source_id = models.CharField(_("number at the source"), max_length=160)
    account = models.CharField(_("account"), max_length=200, blank=True)
    account_digest = models.BigIntegerField()  # keyed; 0 where no account is known
    key_owner = models.CharField(_("key owner"), max_length=200, blank=True)
    key_fingerprint = models.CharField(max_length=64, blank=True)
    endpoint = models.CharField(_("endpoint"), max_length=200, blank=True)
    request_type = models.CharField(_("request type"), max_length=40, blank=True)
    http_status = models.PositiveSmallIntegerField(_("status"), null=True)
    error_type = models.CharField(_("error type"), max_length=120, blank=True)
    error_code = models.CharField(_("error code"), max_length=120, blank=True)
    raw_error = models.TextField(_("raw error"), blank=True)
    request_id = models.CharField(_("request id"), max_length=200, blank=True)
    task_id = models.CharField(_("task id"), max_length=200, blank=True)
    duration_ms = models.PositiveIntegerField(_("duration"), null=True)
    stream = models.BooleanField(_("streamed"), null=True)
    retries = models.PositiveSmallIntegerField(_("retried"), null=True)
    charged = models.BooleanField(_("charged"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=6, null=True)
    currency = models.CharField(_("currency"), max_length=8, blank=True)

    objects = FailureQuerySet.as_manager()

    class Meta:
        verbose_name = _("failure")
        indexes = [
            models.Index(fields=["occurred_at", "code"], name="failure_time"),
            models.Index(fields=["kind", "occurred_at"], name="failure_kind_time"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.occurred_at:%Y-%m-%d %H:%M:%S}"


class FailureCount(models.Model):
    """How often one kind failed within one minute. Kept long after the rows."""

    pk = models.CompositePrimaryKey("minute", "kind")
    minute = models.DateTimeField()
    kind = models.ForeignKey(
        FailureKind, models.DO_NOTHING, related_name="counts", db_constraint=False, db_index=False
    )
    failures = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("failures within a minute")
        indexes = [models.Index(fields=["kind", "minute"], name="failurecount_kind")]

    def __str__(self) -> str:
        return f"{self.failures} at {self.minute:%Y-%m-%d %H:%M}"


class FailureAccount(models.Model):
    """Which accounts one kind failed for within one minute, so that they can be told apart over any time.

    On PostgreSQL each batch adds rows of its own, which is quicker than looking for those before: add up `failures`.
    There the index is one of blocks of time (0054).
    """

    pk = models.CompositePrimaryKey("minute", "kind", "account_digest")
    minute = models.DateTimeField()
    kind = models.ForeignKey(
        FailureKind, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    account_digest = models.BigIntegerField()
    failures = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("failures of an account within a minute")
        indexes = [models.Index(fields=["minute", "kind"], name="failureaccount_minute")]

    def __str__(self) -> str:
        return f"{self.failures} at {self.minute:%Y-%m-%d %H:%M}"
