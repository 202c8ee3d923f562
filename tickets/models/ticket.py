import secrets
from enum import Enum
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from triage.engine.verdict import Sureness

from .account import Account, Customer, KeyRecord
from .incident import Incident
from .person import Language, Person, Role
from .tag import Tag
from .team import Team
from .ticket_state import NO_DEADLINE, TicketState

if TYPE_CHECKING:
    from .evidence import EvidenceValue
    from .verdict import Verdict

STANDING = models.Q(
    merged_into=None
)  # in the condition of an index: lists are counted without reading a ticket


def new_follow_up_token() -> str:
    """256 bits: the follow-up link is the customer's only key to the ticket."""
    return secrets.token_urlsafe(32)


class VerdictChoice(models.TextChoices):
    CONFIG_MISTAKE = "config_mistake", _("Config mistake")
    PROVIDER_INCIDENT = "provider_incident", _("Provider incident")
    NEEDS_EVIDENCE = "needs_evidence", _("Needs evidence")


class Sight(Enum):
    """Which tickets somebody may read, where it is not told by their teams."""

    EVERYTHING = "everything"
    NOTHING = "nothing"


def sight_of(person: Person | AnonymousUser) -> Sight | int:
    """The id of an agent whose teams narrow what they see; for all others which they see."""
    if not isinstance(person, Person) or not person.is_active:
        return Sight.NOTHING
    return person.pk if person.is_narrowed and person.role == Role.AGENT else Sight.EVERYTHING


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The only door to tickets for people of the desk. Every role may at least read them; teams may narrow what
        an agent sees. No statement of its own.
        """
        return self.in_sight(sight_of(person))

    def in_sight(self, sight: "Sight | int") -> Self:
        """The same door, for statements that are made before anybody is known: `sight_of` says who goes through."""
        if sight is Sight.NOTHING:
            return self.none()
        if sight is Sight.EVERYTHING:
            return self
        own = Team.members.through.objects.filter(person=sight).values("team")
        return self.filter(models.Q(team=None) | models.Q(team__in=own) | models.Q(assignee=sight))

    def unsolved(self) -> Self:
        return self.exclude(status=Ticket.Status.RESOLVED)

    def standing(self) -> Self:
        """Not merged into another ticket."""
        return self.filter(merged_into=None)


class Ticket(TicketState, models.Model):
    """One customer's problem: a conversation, its evidence, its verdicts, its outcome."""

    class Status(models.TextChoices):
        OPEN = "open", _("waiting on us")
        WAITING = "waiting", _("waiting for the customer")
        SNOOZED = "snoozed", _("snoozed")
        RESOLVED = "resolved", _("resolved")

    class Source(models.TextChoices):
        FORM = "form", _("form")
        API = "api", _("API")
        MAIL = "mail", _("e-mail")
        AGENT = "agent", _("agent")

    number = models.BigAutoField(_("number"), primary_key=True)
    subject = models.CharField(_("subject"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.FORM)
    language = models.CharField(_("reply language"), max_length=8, choices=Language, default=Language.ENGLISH)
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.PROTECT, related_name="tickets"
    )
    account = models.ForeignKey(
        Account,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
    )
    key = models.ForeignKey(
        KeyRecord,
        verbose_name=_("key"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
    )
    assignee = models.ForeignKey(
        Person,
        verbose_name=_("assignee"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_tickets",
    )
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="tickets")
    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
    )
    # A merged ticket keeps its messages, evidence and chain; lists leave it out, its number leads to the survivor.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
    )

    # The current verdict, repeated here so that lists need no join. `judge` and `overrule` keep it true.
    verdict = models.CharField(
        _("verdict"), max_length=20, choices=VerdictChoice, default=VerdictChoice.NEEDS_EVIDENCE
    )
    cause = models.CharField(_("cause"), max_length=60, default="unknown")
    confidence = models.FloatField(_("confidence"), default=0)
    verdict_by_person = models.BooleanField(_("verdict confirmed by a person"), default=False)
    fingerprint = models.CharField(_("error fingerprint"), max_length=16, blank=True)
    charged = models.BooleanField(_("charged"), null=True, blank=True)

    # The next deadline of the service level, repeated here so that lists can be ordered by it.
    due_at = models.DateTimeField(_("next deadline"), default=NO_DEADLINE, editable=False)
    due_for = models.CharField(_("deadline for"), max_length=12, blank=True, editable=False)

    follow_up_token = models.CharField(
        max_length=64, unique=True, default=new_follow_up_token, editable=False
    )
    idempotency_key = models.CharField(max_length=200, blank=True, editable=False)
    # Length and last hash of the evidence chain; the length doubles as the ticket's revision for live pages.
    chain_length = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.CharField(max_length=64, default="0" * 64, editable=False)
    created_at = models.DateTimeField(_("opened"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    customer_spoke_at = models.DateTimeField(_("customer's last word"), null=True, blank=True)
    desk_spoke_at = models.DateTimeField(_("our last word"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    emptied_at = models.DateTimeField(_("texts erased"), null=True, blank=True, editable=False)

    objects = TicketQuerySet.as_manager()

    # What a page that only shows the ticket has read ahead: see `read_ahead` in the ticket's view.
    verdicts_now: list["Verdict"]
    evidence_now: list["EvidenceValue"]

    class Meta:
        verbose_name = _("ticket")
        constraints = [
            models.UniqueConstraint(
                fields=["idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="ticket_idempotency_key_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "customer_spoke_at", "number"], condition=STANDING, name="ticket_waiting"
            ),
            models.Index(
                fields=["assignee", "status", "customer_spoke_at", "number"],
                condition=STANDING,
                name="ticket_assignee",
            ),
            models.Index(
                fields=["verdict_by_person", "status", "due_at", "customer_spoke_at", "number"],
                condition=STANDING,
                name="ticket_verdict",
            ),
            models.Index(fields=["fingerprint", "created_at"], name="ticket_fingerprint"),
            models.Index(fields=["customer", "created_at"], name="ticket_customer"),
            models.Index(fields=["created_at"], name="ticket_created"),
            models.Index(fields=["customer_spoke_at"], name="ticket_customer_spoke"),
            models.Index(
                fields=["status", "due_at", "customer_spoke_at", "number"],
                condition=STANDING,
                name="ticket_due",
            ),
            models.Index(fields=["due_at", "customer_spoke_at", "number"], name="ticket_next_due"),
            models.Index(
                fields=["resolved_at", "number"], condition=models.Q(status="resolved"), name="ticket_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def sureness(self) -> Sureness:
        return Sureness.of(self.confidence)

    def current_verdict(self) -> "Verdict | None":
        if "verdicts_now" in self.__dict__:
            return next(iter(self.verdicts_now), None)
        return self.verdicts.filter(is_current=True).first()

    def current_evidence(self) -> dict[str, "EvidenceValue"]:
        """The value that counts now for each field that has one."""
        now = self.evidence_now if "evidence_now" in self.__dict__ else self.evidence.filter(is_current=True)
        return {value.field: value for value in now}

    def known_evidence(self) -> dict[str, object]:
        """What that evidence says."""
        return {field: row.value for field, row in self.current_evidence().items()}
