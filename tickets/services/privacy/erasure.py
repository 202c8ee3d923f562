"""Erasing a person: a customer with all tickets, or somebody who worked at the desk. What happened stays, whose it was
does not: verdicts, causes, codes and times remain, and every chain verifies.
"""

import time
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tickets.models import (
    Account,
    ApiToken,
    AssignmentMember,
    AuditEntry,
    CannedReply,
    Customer,
    Draft,
    Event,
    InboundMail,
    Invitation,
    KeyRecord,
    Macro,
    Message,
    Person,
    Reading,
    RotaSeat,
    SavedView,
    Ticket,
)
from tickets.models.ticket import new_follow_up_token
from tickets.services import outbox
from tickets.services.audit import note
from tickets.services.event import record
from tickets.services.person import end_sessions
from tickets.services.search.index import index_tickets_of
from tickets.services.token import revoke_tokens

from . import elsewhere, money, reported
from .emptying import empty_files, empty_message, empty_texts
from .marks import Marks, marks_of_customer, marks_of_person

AT_A_TIME = 20  # seconds


class StillOpen(Exception):
    """Somebody waits for an answer: `numbers` of tickets that are not closed."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class Undecided(Exception):
    """Money of theirs waits: `numbers` of compensations that are neither credited nor declined."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class StillActive(Exception):
    """The account is not closed."""


@transaction.atomic
def ask_to_erase(customer: Customer, *, by: Person) -> None:
    """The work is a job's; until it is done, nothing new is shown of it. Asked twice, it is done once."""
    held = Customer.objects.select_for_update().get(pk=customer.pk)
    if held.erasure_asked_at:
        return
    still_open = held.tickets.standing().unsolved().order_by("pk").values_list("pk", flat=True)
    if numbers := list(still_open[:20]):
        raise StillOpen(numbers)
    if undecided := money.undecided_of(held, marks_of_customer(held)):
        raise Undecided(undecided)
    held.erasure_asked_at = timezone.now()
    held.save(update_fields=["erasure_asked_at"])
    tickets = held.tickets.count()
    note(AuditEntry.Kind.ERASED, by=by, about=f"customer {held.pk}", before={"tickets": tickets})
    outbox.add("erase_customer", held, by)


def erase_customer(
    customer_id: int, person_id: int, step: str = "reported", since: str = "", *, idempotency_key: str
) -> None:
    """In steps: `reported` and `elsewhere` go by what the `tickets` still tell, so these come last.

    May be killed at any moment, the next one goes on from there.
    """
    customer = Customer.objects.get(pk=customer_id)
    by = Person.objects.filter(pk=person_id).first() or "admin"
    end = time.monotonic() + AT_A_TIME
    if customer.erasure_asked_at is None or customer.erased_at:
        return
    step, since = _STEPS[step](customer, since, by=by, end=end)
    if step:
        outbox.add("erase_customer", customer_id, person_id, step, since)


def _forget_reported(customer: Customer, since: str, *, by: Person | str, end: float) -> tuple[str, str]:
    """What comes next, and where in it to begin."""
    marks = marks_of_customer(customer)
    begun = datetime.fromisoformat(since) if since else None
    if later := reported.forget_whose(marks, since=begun, end=end):
        return "reported", later.isoformat()
    money.forget_whose(customer, marks)
    _empty_what_they_wrote_elsewhere(customer, by)
    return "elsewhere", ""


def _forget_elsewhere(customer: Customer, since: str, *, by: Person | str, end: float) -> tuple[str, str]:
    marks = marks_of_customer(customer)
    if later := elsewhere.take_out(marks, by=by, since=since, end=end):
        return "elsewhere", later
    _forget_accounts(marks)
    return "tickets", ""


def _forget_tickets(customer: Customer, since: str, *, by: Person | str, end: float) -> tuple[str, str]:
    asked = customer.erasure_asked_at
    for ticket in customer.tickets.filter(Q(emptied_at=None) | Q(emptied_at__lt=asked)).order_by("pk"):
        if time.monotonic() > end:
            return "tickets", ""
        _erase_ticket(ticket, by)
    _forget_customer(customer)
    return "", ""


_STEPS = {"reported": _forget_reported, "elsewhere": _forget_elsewhere, "tickets": _forget_tickets}


@transaction.atomic
def _forget_accounts(marks: Marks) -> None:
    """Those that nobody else has. Keys go; their fingerprints stand for them alone."""
    KeyRecord.objects.filter(fingerprint__in=marks.keys).delete()
    for account in Account.objects.filter(pk__in=marks.accounts):
        account.name, account.external_id = f"erased {account.pk}", ""
        account.save(update_fields=["name", "external_id"])


def _empty_what_they_wrote_elsewhere(customer: Customer, by: Person | str) -> None:
    """Mails of theirs that went to a ticket of somebody else."""
    told = Event.objects.filter(kind="written_by_other", data__sender=customer.email).exclude(salt="")
    numbers = list(told.values_list("data__message", flat=True))
    for message in Message.objects.filter(pk__in=numbers).exclude(ticket__customer=customer):
        empty_message(message, by=by)


@transaction.atomic
def _erase_ticket(ticket: Ticket, by: Person | str) -> None:
    empty_files(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(
        account=None, key=None, follow_up_token=new_follow_up_token(), idempotency_key=""
    )
    ticket.refresh_from_db()
    empty_texts(ticket, by=by, personal=True)


@transaction.atomic
def _forget_customer(customer: Customer) -> None:
    email, nobody = customer.email, f"erased-{customer.pk}@erased.invalid"
    theirs = Q(sender=email) | Q(detail__icontains=email) | Q(source__icontains=email, ticket=None)
    for mail in InboundMail.objects.filter(theirs):
        mail.mail_id, mail.sender, mail.subject, mail.source, mail.detail = (
            f"erased-{mail.pk}",
            nobody,
            "",
            "",
            "",
        )
        mail.save()
    for message in Message.objects.filter(recipients__icontains=email):
        message.recipients = [nobody if each == email else each for each in message.recipients]
        message.save(update_fields=["recipients"])
    customer.email, customer.name, customer.account, customer.erased_at = nobody, "", None, timezone.now()
    customer.save()
    index_tickets_of(customer)


@transaction.atomic
def erase_person(person: Person, *, by: Person) -> None:
    """Somebody of the desk whose account is closed. Entries keep the number, which leads to no name any more."""
    if person.is_active:
        raise StillActive
    email, nobody = person.email, f"erased-{person.pk}@erased.invalid"
    marks = marks_of_person(person)
    _empty_entries_naming(person, by=by)
    end_sessions(person)
    for model in (Authenticator, SocialAccount, EmailAddress):
        model.objects.filter(user=person).delete()
    for owned in (Reading, Draft, RotaSeat, AssignmentMember):
        owned.objects.filter(person=person).delete()
    SavedView.objects.filter(owner=person, is_shared=False).delete()
    for kept in (Macro, CannedReply):
        kept.objects.filter(owner=person).delete()
    revoke_tokens(ApiToken.objects.filter(owner=person), by=by)
    Invitation.objects.filter(email=email).delete()
    person.email, person.name, person.away_note, person.is_demo = nobody, f"erased {person.pk}", "", False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
    AuditEntry.objects.filter(actor=email).rename(actor=nobody)
    AuditEntry.objects.filter(about=email).rename(about=nobody)
    elsewhere.take_out_of_settings(marks)
    note(AuditEntry.Kind.ERASED, by=by, about=f"person {person.pk}")


def _empty_entries_naming(person: Person, *, by: Person) -> None:
    """Assignments name people in their content."""
    told = Event.objects.filter(kind__in=("assigned", "unassigned", "not_assigned")).exclude(salt="")
    going: dict[int, list[int]] = {}
    given = told.filter(data__to=person.pk).values_list("ticket_id", "position", "data")
    passed = told.filter(data__has_key="passed").values_list("ticket_id", "position", "data")
    for number, position, _ in given.iterator(2000):
        going.setdefault(number, []).append(position)
    for number, position, data in passed.iterator(2000):
        if any(each.get("name") == str(person) for each in data["passed"]):
            going.setdefault(number, []).append(position)
    for number, positions in going.items():
        Event.objects.filter(ticket=number, position__in=positions).update(data={}, salt="")
        record(Ticket.objects.get(pk=number), Event.ERASED, by=by, positions=sorted(set(positions)))
