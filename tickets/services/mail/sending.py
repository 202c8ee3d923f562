"""Letters to customers. Runs as a job: outside of any transaction, at least once."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tickets.models import Delivery, Message

from ..letter import headers_of, quote_for, separator
from ..markdown import as_plain
from ..outbox import TryAgain


def mail_reply(message_id: int, *, idempotency_key: str) -> None:
    """Send a reply to the customer, once as far as we can tell; twice, it has the same Message-ID."""
    message = Message.objects.public().select_related("ticket__customer").filter(pk=message_id).first()
    if message is None or message.mailed_at is not None:
        return
    deliver(_letter(message))
    Message.objects.filter(pk=message.pk).update(mailed_at=timezone.now())


def _letter(message: Message) -> EmailMessage:
    ticket = message.ticket
    link = settings.BASE_URL + reverse("follow_up", args=[ticket.follow_up_token])
    with translation.override(message.language):
        ending = _("You can read the whole conversation and write back here:")
    # Rows from before recipients were kept have none. Customers of merged tickets do not see each other's address.
    first, *others = message.recipients or [ticket.customer.email]
    letter = EmailMessage(
        subject=f"[#{ticket.number}] {ticket.subject}",
        body=f"{separator(message)}{_text(message)}\n\n-- \n{ending}\n{link}\n",
        to=[first],
        bcc=others,
        headers=headers_of(message),
    )
    for file in message.attachments.all():
        with file.file.open() as content:
            letter.attach(file.name, content.read(), file.media_type.partition(";")[0])
    return letter


def _text(message: Message) -> str:
    return as_plain(message.body) + _question(message) + quote_for(message)


def _question(message: Message) -> str:
    """At the end of an incident: whether it works again, with a link for each answer."""
    asked = Delivery.objects.filter(message=message, update__asks=True).first()
    if asked is None:
        return ""
    link = settings.BASE_URL + reverse(
        "working_again", args=[message.ticket.follow_up_token, asked.update_id]
    )
    with translation.override(message.language):
        lines = [
            _("Is it working again?"),
            f"{_('Yes, it works again')}: {link}?answer=yes",
            f"{_('No, it still fails')}: {link}?answer=no",
        ]
    return "\n\n" + "\n".join(lines)


def deliver(letter: EmailMessage) -> None:
    """Send it. Raises TryAgain where passing time may heal what went wrong."""
    try:
        letter.send()
    except smtplib.SMTPResponseException as problem:
        if 400 <= problem.smtp_code < 500:
            raise TryAgain(f"The mail server answered {problem.smtp_code}.") from problem
        raise
    except smtplib.SMTPServerDisconnected as problem:
        raise TryAgain("The mail server hung up.") from problem
    except OSError as problem:
        if isinstance(problem, smtplib.SMTPException):
            raise
        raise TryAgain(f"The mail server cannot be reached ({problem.strerror}).") from problem
