"""Which ticket a mail belongs to. Signed marks first; a number that anybody can write only for those it belongs to."""

from django.db.models import Q

from tickets.connectors.mail_reading import Mail
from tickets.models import Customer, InboundMail, Message, Ticket

from .marks import message_in, ticket_in_addresses, ticket_in_subject

# Wherever mail servers put the address that a mail was really sent to.
ADDRESSED = (
    "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to",
    "x-forwarded-to", "resent-to",
)  # fmt: skip


def ticket_meant(mail: Mail) -> Ticket | None:
    """The ticket as it was addressed: a merged one is not followed here."""
    return (
        _by_letter(mail)
        or _number(ticket_in_addresses(value for name in ADDRESSED for value in mail.headers.get(name, ())))
        or _by_earlier_mail(mail)
        or _by_subject(mail)
    )


def is_theirs(ticket: Ticket, sender: str) -> bool:
    """Whether the ticket, or one merged with it, is this sender's or their account's."""
    family = Q(pk=ticket.pk) | Q(merged_into=ticket.pk)
    if ticket.merged_into_id is not None:
        family |= Q(pk=ticket.merged_into_id)
    tickets = Ticket.objects.filter(family)
    own = Q(customer__email=sender)
    account = Customer.objects.filter(email=sender).values_list("account", flat=True).first()
    if account is not None:
        own |= Q(account=account) | Q(customer__account=account)
    return tickets.filter(own).exists()


def letter_named(ids: tuple[str, ...]) -> Message | None:
    """The answer of ours that one of these ids names."""
    number = message_in(ids)
    letters = Message.objects.filter(kind=Message.Kind.REPLY).select_related("ticket")
    return letters.filter(pk=number).first() if number else None


def _by_letter(mail: Mail) -> Ticket | None:
    letter = letter_named(mail.references)
    return letter.ticket if letter else None


def _number(number: int | None) -> Ticket | None:
    return Ticket.objects.filter(pk=number).first() if number else None


def _by_earlier_mail(mail: Mail) -> Ticket | None:
    """An answer to what they wrote themselves, before ours arrived."""
    earlier = (
        InboundMail.objects.taken_in()
        .filter(mail_id__in=mail.references[:20], ticket__isnull=False)
        .select_related("ticket")
        .order_by("-pk")
    )
    found = earlier.first() if mail.references else None
    return found.ticket if found and found.ticket and is_theirs(found.ticket, mail.sender) else None


def _by_subject(mail: Mail) -> Ticket | None:
    ticket = _number(ticket_in_subject(mail.subject))
    return ticket if ticket is not None and is_theirs(ticket, mail.sender) else None
