"""What the desk holds about somebody, for that somebody: JSON and files in one ZIP, made at once within bounds."""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from tickets.models import Attachment, AuditEntry, Customer, Draft, InboundMail, Message, Person, Ticket

MOST_FILES = 50_000_000  # bytes; the rest is named
MOST_TICKETS = 2_000


class TooMuch(Exception):
    """More tickets than are gathered at once."""


def data_of_customer(customer: Customer) -> bytes:
    """Notes of the desk are not theirs; what they wrote and got is, and what was read from it."""
    tickets = customer.tickets.order_by("pk")
    if tickets.count() > MOST_TICKETS:
        raise TooMuch
    files = list(
        Attachment.objects.filter(ticket__in=tickets, message__in=Message.objects.public()).order_by("pk")
    )
    content = {
        "customer": {
            "email": customer.email,
            "name": customer.name,
            "language": customer.language,
            "account": customer.account.name if customer.account else None,
            "since": customer.created_at,
        },
        "tickets": [_ticket(ticket) for ticket in tickets],
        "incoming_mail": list(
            InboundMail.objects.filter(sender=customer.email)
            .order_by("pk")
            .values("received_at", "subject", "state", "ticket_id", "source")
        ),
    }
    return _packed(content, files)


def data_of_person(person: Person) -> bytes:
    entries = AuditEntry.objects.filter(by=person).order_by("pk")
    content = {
        "person": {
            "email": person.email,
            "name": person.name,
            "role": person.role,
            "language": person.language,
            "time_zone": person.time_zone,
            "away_note": person.away_note,
            "since": person.created_at,
            "last_signed_in": person.last_login,
        },
        "messages": list(
            Message.objects.filter(author=person)
            .order_by("pk")
            .values("ticket_id", "kind", "created_at", "body")
        ),
        "drafts": list(Draft.objects.filter(person=person).values("ticket_id", "kind", "saved_at", "body")),
        "saved_views": list(person.saved_views.values("name", "is_shared")),
        "audit": list(entries.values("at", "kind", "about", "address", "before", "after")),
    }
    return _packed(content, [])


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.pk,
        "subject": ticket.subject,
        "status": ticket.status,
        "opened_at": ticket.created_at,
        "cause": ticket.cause,
        "messages": list(
            Message.objects.public()
            .filter(ticket=ticket)
            .order_by("created_at", "pk")
            .values("kind", "created_at", "body")
        ),
        "evidence": ticket.known_evidence(),
    }


def _packed(content: dict[str, Any], files: list[Attachment]) -> bytes:
    written, size, left_out = io.BytesIO(), 0, []
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            size += file.size
            if size > MOST_FILES:
                left_out.append({"name": file.name, "bytes": file.size, "ticket": file.ticket_id})
                continue
            with file.file.open() as stored:
                packed.writestr(f"files/{file.ticket_id}-{file.pk}-{file.name}", stored.read())
        content = {**content, "files_left_out": left_out}
        packed.writestr("data.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    return written.getvalue()
