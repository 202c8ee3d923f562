"""More evidence that a person of the desk pastes or drops onto a ticket."""

from collections.abc import Sequence

from django.db import transaction

from tickets.models import EvidenceValue, Message, Person, Ticket
from triage.engine.extract.har_transcript import har_transcript

from .attachment import Upload, add_evidence, add_texts, attach
from .redaction import make_storable
from .verdict import judge


@transaction.atomic
def paste_evidence(
    ticket: Ticket, *, text: str, uploads: Sequence[Upload] = (), by: Person
) -> list[EvidenceValue]:
    """Keep it, read it, judge the ticket anew; answers the values that were found in it."""
    messages: list[Message] = []
    pictures = [upload for upload in uploads if upload.safe is None]
    if text.strip() or pictures:
        safe = make_storable(har_transcript(text) or text)
        messages.append(add_evidence(ticket, safe, source=Ticket.Source.AGENT, by=by))
        attach(ticket, pictures, message=messages[0], by=by)
    messages += add_texts(ticket, uploads, source=Ticket.Source.AGENT, by=by)
    judge(ticket, fresh=messages)
    return list(ticket.evidence.filter(message__in=messages).order_by("pk"))
