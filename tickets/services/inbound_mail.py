"""The way in for mail. Every mail gets a row that says what became of it; delivered twice, it counts once."""

import structlog
from django.db import InterfaceError, OperationalError, transaction

from tickets.connectors.mail_headers import first
from tickets.connectors.mail_reading import Mail, read_mail
from tickets.models import AuditEntry, InboundMail, Message, Person, Ticket

from .audit import note
from .clock import restate
from .event import record
from .family import held_survivor_of
from .intake import open_ticket
from .mail.guards import Reason, is_from_a_machine, reason_by_number, reason_to_ignore
from .mail.scanning import scanned
from .mail.text import left_out, names_of, source_of, subject_of, words_of
from .mail.thread import is_theirs, letter_named, ticket_meant
from .message import receive
from .redaction import make_safe
from .status import Status, move

log = structlog.get_logger(__name__)

State = InboundMail.State
MAIL = "mail"  # the actor of what a mail server tells
AWAY = (OperationalError, InterfaceError)  # the database; whoever delivers keeps the mail and comes again


def receive_mail(raw: bytes, *, way: InboundMail.Way) -> InboundMail:
    """Take in one mail as it was delivered. When this returns, its row is stored, whatever became of it.

    Raises only where the database is away, and ScannerAway: then the mail must be delivered again.
    """
    mail = scanned(read_mail(raw))
    try:
        return _take_in(mail, way)
    except AWAY:
        raise
    except Exception as problem:
        log.exception("inbound_mail_failed", size=mail.size)
        return _keep_as_failed(mail, way, problem)


def try_again(row: InboundMail, *, by: Person) -> InboundMail:
    """Take in a mail that failed or was ignored, as a person of the desk decides: no guard holds it back.

    It is read from its redacted source; what had been masked in it stays masked. Its files are shown to the virus
    scanner again, which may know more by now. Raises ScannerAway: then nothing has changed.
    """
    mail = scanned(read_mail(row.source.encode()))
    try:
        with transaction.atomic():
            held = InboundMail.objects.select_for_update().get(pk=row.pk)
            if held.can_be_tried_again:
                held.decided_by = by
                note(AuditEntry.Kind.MAIL_TAKEN, by=by, about=f"mail {held.pk}", before={"state": held.state})
                _settle(held, mail, guarded=False)
            return held
    except AWAY:
        raise
    except Exception as problem:
        log.exception("inbound_mail_failed", mail=row.pk)
        InboundMail.objects.filter(pk=row.pk).update(state=State.FAILED, reason="", detail=_said(problem))
        row.refresh_from_db()
        return row


@transaction.atomic
def _take_in(mail: Mail, way: InboundMail.Way) -> InboundMail:
    """Row and effect in one transaction: whoever is killed between them leaves neither."""
    row, created = _row_of(mail, way)
    if not created:
        row.deliveries += 1
    if created or row.state == State.FAILED:
        _settle(row, mail, guarded=True)
    else:
        row.save(update_fields=["deliveries"])
    return row


@transaction.atomic
def _keep_as_failed(mail: Mail, way: InboundMail.Way, problem: Exception) -> InboundMail:
    row, created = _row_of(mail, way)
    if not created:
        row.deliveries += 1
    row.detail = _said(problem)
    row.save(update_fields=["deliveries", "detail"])
    return row


def _row_of(mail: Mail, way: InboundMail.Way) -> tuple[InboundMail, bool]:
    """Its row, held; a new one stands as failed until it is settled."""
    row, created = InboundMail.objects.get_or_create(
        mail_id=make_safe(mail.message_id, personal=False).text[:255],
        sender=make_safe(mail.sender, personal=False).text[:254],
        defaults={
            "subject": make_safe(mail.subject, personal=False).text[:200],
            "way": way,
            "state": State.FAILED,
            "size": mail.size,
            "source": source_of(mail),
        },
    )
    return (row, True) if created else (InboundMail.objects.select_for_update().get(pk=row.pk), False)


def _settle(row: InboundMail, mail: Mail, *, guarded: bool) -> None:
    """Decide what becomes of it, and do that."""
    row.reason, row.detail = "", "longer than the limit; the rest was not read" if mail.is_cut else ""
    if guarded and _is_report(mail):
        _take_report(row, mail)
    else:
        _take_words(row, mail, guarded=guarded)
    row.save()


def _take_words(row: InboundMail, mail: Mail, *, guarded: bool) -> None:
    meant = ticket_meant(mail)
    ticket = held_survivor_of(meant) if meant is not None else None
    reason = None
    if guarded:
        reason = reason_to_ignore(mail, is_answer=ticket is not None) or reason_by_number(mail, ticket)
    elif not mail.sender:
        reason = Reason.NO_SENDER
    text = words_of(mail, is_answer=ticket is not None, language=ticket.language if ticket else "en")
    if reason is None and not text:
        reason = Reason.EMPTY
    if reason is not None:
        row.state, row.reason, row.ticket = State.IGNORED, reason, ticket
        return
    row.message = _append(ticket, mail, text) if ticket is not None else _open(mail, text)
    row.ticket = row.message.ticket
    row.state = State.APPENDED if ticket is not None else State.TICKETED
    files = left_out(mail)
    if files:
        record(row.ticket, "mail_left_out", by=MAIL, names=make_safe(names_of(files)).text[:500])


def _open(mail: Mail, text: str) -> Message:
    ticket = open_ticket(
        text=text,
        email=mail.sender,
        name=mail.sender_name[:120],
        subject=subject_of(mail),
        source=Ticket.Source.MAIL,
    )
    return ticket.messages.get()


def _append(ticket: Ticket, mail: Mail, text: str) -> Message:
    theirs = is_theirs(ticket, mail.sender)
    message = receive(ticket, text=text, source=Ticket.Source.MAIL)
    if not theirs:
        record(message.ticket, "written_by_other", by=MAIL, message=message.pk, sender=mail.sender)
    return message


def _is_report(mail: Mail) -> bool:
    """A mail server speaks, about a letter that it could not deliver or about something else."""
    return mail.returned is not None or is_from_a_machine(mail) or "x-failed-recipients" in mail.headers


def _take_report(row: InboundMail, mail: Mail) -> None:
    if mail.returned is not None and mail.returned.action not in ("failed", ""):
        row.state, row.reason = State.IGNORED, Reason.DELAYED
        return
    letter = letter_named((*mail.original_ids, *mail.references, mail.text))
    if letter is None:
        row.state, row.reason = State.IGNORED, Reason.REPORT
        return
    recipient = mail.returned.recipient if mail.returned else first(mail.headers, "x-failed-recipients")
    said = mail.returned.said if mail.returned else mail.subject
    ticket = held_survivor_of(letter.ticket)
    row.state, row.message, row.ticket = State.BOUNCED, letter, ticket
    row.detail = make_safe(": ".join(filter(None, (recipient, said))), personal=False).text[:500]
    record(ticket, "answer_came_back", by=MAIL, message=letter.pk, said=make_safe(said).text[:300])
    if ticket.status == Status.WAITING:
        move(ticket, Status.OPEN)  # nobody reads what we wrote: it waits on us
        restate(ticket)


def _said(problem: Exception) -> str:
    return make_safe(f"{type(problem).__name__}: {problem}").text[:500]
