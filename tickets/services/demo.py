"""Demo people and tickets, so that a newcomer finds the desk at work. Never made where people exist already."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from tickets.models import Account, Customer, KeyRecord, Language, Person, Role, Ticket

from .account import SeenKey
from .demo_money import make_money
from .demo_texts import DEMO_TICKETS, DemoTicket
from .escalation import escalate
from .intake import open_ticket
from .message import send_reply
from .outcome import resolve
from .reply import suggested_replies
from .verdict import confirm


@dataclass(frozen=True, slots=True)
class DemoPerson:
    email: str
    name: str
    role: Role
    language: Language = Language.ENGLISH


DEMO_PEOPLE = (
    DemoPerson("agent@demo.invalid", "Ana Petrov", Role.AGENT),
    DemoPerson("agent.zh@demo.invalid", "李文静", Role.AGENT, Language.CHINESE),
    DemoPerson("engineer@demo.invalid", "Jonas Lind", Role.ENGINEER),
    DemoPerson("billing@demo.invalid", "Noor Haddad", Role.BILLING),
    DemoPerson("admin@demo.invalid", "Maya Brandt", Role.ADMIN),
)


def create_demo() -> dict[str, str]:
    """Make everything and answer the passwords by e-mail address. They are stored nowhere but as hashes."""
    with transaction.atomic():
        if Person.objects.exists():
            return {}
        passwords = {person.email: secrets.token_urlsafe(9) for person in DEMO_PEOPLE}
        people = [_make_person(person, passwords[person.email]) for person in DEMO_PEOPLE]
        for demo in DEMO_TICKETS:
            _make_ticket(demo, agent=people[0])
        make_money(agent=people[0], engineer=people[2], admin=people[4])
    return passwords


def refuse_demo_people() -> None:
    """A desk that others can reach does not start while people with printed passwords may sign in."""
    if settings.PUBLIC and Person.objects.filter(is_demo=True, is_active=True).exists():
        raise ImproperlyConfigured(
            "Demo people may still sign in, and others can reach this desk. Retire them: "
            "manage.py create_demo --retire"
        )


def retire_demo() -> int:
    """Demo people sign in no more; what they did stays theirs. How many there were."""
    return Person.objects.filter(is_demo=True, is_active=True).update(is_active=False)


def _make_person(person: DemoPerson, password: str) -> Person:
    return Person.objects.create_user(
        person.email, password, name=person.name, role=person.role, language=person.language, is_demo=True
    )


def _make_ticket(demo: DemoTicket, *, agent: Person) -> Ticket:
    account, _ = Account.objects.get_or_create(name=demo.account, defaults={"group": demo.group})
    Customer.objects.update_or_create(
        email=demo.email, defaults={"name": demo.customer, "account": account, "language": demo.language}
    )
    seen = SeenKey(secrets.token_hex(16), demo.key_end, "sk-")
    KeyRecord.objects.create(
        account=account,
        owner=demo.customer,
        fingerprint=seen.fingerprint,
        last_four=seen.last_four,
        prefix=seen.prefix,
        group=demo.group,
        state=KeyRecord.State.ACTIVE,
    )
    ticket = open_ticket(
        text=demo.text,
        email=demo.email,
        subject=demo.subject,
        language=demo.language,
        keys=[seen],
        told=demo.told,
    )
    _work_on(ticket, demo.then, agent)
    return ticket


def _work_on(ticket: Ticket, then: str, agent: Person) -> None:
    """Leave the ticket in the state that its view shows."""
    if then == "escalated":
        escalate(ticket, by=agent, reason="Several customers see the same answer from this provider.")
    if then in ("answered", "resolved"):
        confirm(ticket, by=agent)
        reply = next((reply for reply in suggested_replies(ticket) if not reply.gaps), None)
        if reply is not None:
            send_reply(ticket, by=agent, body=reply.text, canned_reply=reply.reply)
    if then == "resolved":
        resolve(
            ticket, by=agent, cause=ticket.cause, plain=ticket.subject, charged="no", retried="yes",
            result="customer_fixed",
        )  # fmt: skip
