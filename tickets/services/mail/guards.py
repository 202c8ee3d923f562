"""Mail that no person wrote to us, told by its headers (RFC 3834 and what programs do besides)."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from tickets.connectors.mail_headers import Headers, first
from tickets.connectors.mail_reading import Mail
from tickets.models import InboundMail, Ticket

from .marks import is_own_address, message_in

Reason = InboundMail.Reason
HOUR = timedelta(hours=1)
_MACHINES = frozenset({"mailer-daemon", "postmaster"})
_DEAF = frozenset({"noreply", "no-reply", "donotreply", "do-not-reply", "no_reply", "bounce", "bounces"})
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_AUTOMATIC = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")


def reason_to_ignore(mail: Mail, *, is_answer: bool) -> Reason | None:
    """Why this mail opens no ticket and joins none; None for what a person wrote. `is_answer`: it names a ticket."""
    headers = mail.headers
    if not _can_be_answered(mail.sender):
        return Reason.NO_SENDER
    if message_in([mail.message_id]):
        return Reason.OWN_LETTER
    if is_own_address(mail.sender):
        return Reason.OWN_ADDRESS
    if _is_automatic(headers):
        return Reason.AUTOMATIC
    if first(headers, "precedence").lower() in _BULK:
        return Reason.BULK
    if first(headers, "return-path").replace(" ", "") == "<>" or is_from_a_machine(mail):
        return Reason.NO_RETURN
    if mail.sender.partition("@")[0].partition("+")[0] in _DEAF:
        return Reason.NO_ANSWER
    if not is_answer and ("list-id" in headers or "list-unsubscribe" in headers):
        return Reason.MAILING_LIST
    return None


def reason_by_number(mail: Mail, ticket: Ticket | None) -> Reason | None:
    """Why there is too much of it: two machines that answer each other come to rest here."""
    recent = InboundMail.objects.taken_in().filter(received_at__gte=timezone.now() - HOUR)
    if recent.filter(sender=mail.sender).count() >= settings.MAIL_PER_SENDER:
        return Reason.SENDER_CAP
    if ticket is not None and recent.filter(ticket=ticket).count() >= settings.MAIL_PER_TICKET:
        return Reason.TICKET_CAP
    return None


def is_from_a_machine(mail: Mail) -> bool:
    return mail.sender.partition("@")[0] in _MACHINES


def _is_automatic(headers: Headers) -> bool:
    submitted = first(headers, "auto-submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    return any(first(headers, name).lower() not in ("", "no") for name in _AUTOMATIC)


def _can_be_answered(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254
