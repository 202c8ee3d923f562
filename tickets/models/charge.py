"""Requests that took money and gave nothing. What was reported of each stands in lines; a request counts once,
however often it is reported.
"""

from decimal import Decimal
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class ChargeQuerySet(models.QuerySet["Charge"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to charges. Every role of the desk may see what was charged; none sees a raw error here."""
        return self if isinstance(person, Person) and person.is_active else self.none()

    def free(self) -> Self:
        """May be proposed for compensation."""
        return self.filter(state__in=(Charge.State.OPEN, Charge.State.DECLINED))


class Charge(models.Model):
    """One request, charged and without a result. Its sums are those of its lines; `gather` keeps them true."""

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        PROPOSED = "proposed", _("proposed")
        CREDITED = "credited", _("credited")
        DECLINED = "declined", _("declined")
        RETURNED = "returned", _("given back by the gateway")
        ASIDE = "aside", _("set aside")

    key = models.CharField(max_length=220, unique=True)  # the first thing that the request was known by
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    occurred_at = models.DateTimeField(_("time"))  # of its first line
    account = models.CharField(_("account"), max_length=200, blank=True)
    provider = models.CharField(_("provider"), max_length=80, blank=True)
    model = models.CharField(_("model"), max_length=160, blank=True)
    cause = models.CharField(_("cause"), max_length=60, default="unknown")
    request_id = models.CharField(_("request id"), max_length=200, blank=True)
    task_id = models.CharField(_("task id"), max_length=200, blank=True)
    ticket = models.ForeignKey(
        Ticket,
        verbose_name=_("ticket"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="charges",
    )
    reserved = models.DecimalField(_("reserved"), null=True, max_digits=16, decimal_places=6)
    settled = models.DecimalField(_("settled"), null=True, max_digits=16, decimal_places=6)
    refunded = models.DecimalField(_("refunded"), null=True, max_digits=16, decimal_places=6)
    due = models.DecimalField(
        _("due"), null=True, max_digits=16, decimal_places=6
    )  # None: not known, and no price to estimate it by
    is_estimate = models.BooleanField(_("estimated"), default=False)
    currency = models.CharField(_("currency"), max_length=8, blank=True)
    reports = models.PositiveIntegerField(_("reports"), default=0)  # lines that it was told of by
    credited = models.DecimalField(
        _("credited"), null=True, max_digits=16, decimal_places=6
    )  # its share of the compensation
    compensation = models.ForeignKey(
        "tickets.Compensation",
        verbose_name=_("compensation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="charges",
    )
    aside_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aside_because = models.CharField(_("why it was set aside"), max_length=300, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge without a result")
        indexes = [
            models.Index(fields=["state", "-occurred_at", "-id"], name="charge_state"),
            models.Index(fields=["-occurred_at", "-id"], name="charge_time"),
            models.Index(fields=["account", "-occurred_at"], name="charge_account"),
        ]

    def __str__(self) -> str:
        return self.request_id or self.task_id or f"{self.account} {self.occurred_at:%Y-%m-%d %H:%M}"

    @property
    def is_free(self) -> bool:
        return self.state in (self.State.OPEN, self.State.DECLINED)

    @property
    def owed(self) -> Decimal:
        return self.due or Decimal(0)


class ChargeLine(models.Model):
    """One thing that was told of a charge. Only added; a line that waits to be gathered has no charge yet."""

    class Kind(models.TextChoices):
        RESERVE = "reserve", _("reserved")
        SETTLE = "settle", _("settled")
        REFUND = "refund", _("refunded")

    class Source(models.TextChoices):
        FAILURE = "failure", _("failure report")
        TICKET = "ticket", _("ticket")
        IMPORT = "import", _("brought in")
        BILLING = "billing", _("billing system")

    code = models.UUIDField(unique=True)  # told twice, it is one line
    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, null=True, related_name="lines")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SETTLE)
    source = models.CharField(_("told by"), max_length=8, choices=Source)
    at = models.DateTimeField(_("time"))
    amount = models.DecimalField(_("amount"), null=True, max_digits=16, decimal_places=6)
    currency = models.CharField(_("currency"), max_length=8, blank=True)
    account = models.CharField(_("account"), max_length=200, blank=True)
    provider = models.CharField(_("provider"), max_length=80, blank=True)
    model = models.CharField(_("model"), max_length=160, blank=True)
    fingerprint = models.CharField(_("error fingerprint"), max_length=16, blank=True)
    failure_kind = models.BigIntegerField(null=True)
    cause = models.CharField(_("cause"), max_length=60, blank=True)
    request_id = models.CharField(_("request id"), max_length=200, blank=True)
    task_id = models.CharField(_("task id"), max_length=200, blank=True)
    input_tokens = models.PositiveBigIntegerField(_("input tokens"), null=True)
    output_tokens = models.PositiveBigIntegerField(_("output tokens"), null=True)
    seconds = models.DecimalField(_("seconds"), max_digits=12, decimal_places=3, null=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="charge_lines")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("line of a charge")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(charge=None), name="chargeline_waiting"),
            models.Index(
                fields=["request_id"], condition=~models.Q(request_id=""), name="chargeline_request"
            ),
            models.Index(fields=["task_id"], condition=~models.Q(task_id=""), name="chargeline_task"),
            models.Index(fields=["account", "fingerprint", "at"], name="chargeline_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


class ToldCharge(models.Model):
    """A failure that a batch told to be charged, until the next gathering makes a line of it. Batches have no time for
    more: this table has one index, where lines have many.
    """

    pk = models.CompositePrimaryKey("code", "occurred_at")
    code = models.UUIDField()
    occurred_at = models.DateTimeField()

    class Meta:
        verbose_name = _("charge that was told")

    def __str__(self) -> str:
        return f"{self.code} at {self.occurred_at:%Y-%m-%d %H:%M}"
