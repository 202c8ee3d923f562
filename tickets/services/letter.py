"""What makes a letter part of a conversation: where answers go, what it answers, and the words it answers."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.connectors.quoted import SEPARATOR
from tickets.models import InboundMail, Message

from .family import messages_of
from .mail.marks import message_id_of, reply_address_of

MOST_QUOTED_LINES = 40
MOST_QUOTED_CHARS = 3000
MOST_REFERENCES = 12


def headers_of(message: Message) -> dict[str, str]:
    """Message-ID, Reply-To and what mail programs put letters of one conversation together by."""
    headers = {"Message-ID": message_id_of(message.pk), "Auto-Submitted": "no"}
    if address := reply_address_of(message.ticket_id):
        headers["Reply-To"] = address
    before = list(_ids_before(message))
    if before:
        headers["In-Reply-To"] = before[-1]
        headers["References"] = " ".join(dict.fromkeys([before[0], *before[-MOST_REFERENCES:]]))
    return headers


def separator(message: Message) -> str:
    """The line above which an answer is looked for; empty where no mail comes in."""
    if not settings.INBOUND_ADDRESS:
        return ""
    with translation.override(message.language):
        return SEPARATOR.format(_("Please write your answer above this line")) + "\n\n"


def quote_for(message: Message) -> str:
    """The customer's last words before this answer, as mail programs quote them; empty where switched off."""
    if not settings.MAIL_QUOTE:
        return ""
    earlier = messages_of(message.ticket).filter(
        kind=Message.Kind.CUSTOMER, created_at__lte=message.created_at
    )
    last = earlier.order_by("-created_at", "-pk").first()
    if last is None:
        return ""
    lines = last.body[:MOST_QUOTED_CHARS].splitlines()
    if len(lines) > MOST_QUOTED_LINES or len(last.body) > MOST_QUOTED_CHARS:
        lines = [*lines[:MOST_QUOTED_LINES], "…"]
    with translation.override(message.language):
        when = date_format(timezone.localtime(last.created_at), "Y-m-d H:i e")
        lead = _("On %(when)s you wrote:") % {"when": when}
    return "\n\n" + "\n".join([lead, *(f"> {line}".rstrip() for line in lines)])


def _ids_before(message: Message) -> Iterator[str]:
    """Ids of the mails and letters before this one, oldest first."""
    earlier = messages_of(message.ticket).filter(created_at__lte=message.created_at).exclude(pk=message.pk)
    public = earlier.filter(kind__in=(Message.Kind.CUSTOMER, Message.Kind.REPLY)).order_by("created_at", "pk")
    rows = list(public.values_list("pk", "kind", "mailed_at"))
    mails = InboundMail.objects.taken_in().filter(message__in=[pk for pk, *_ in rows])
    ids = {row.message_id: row.mail_id for row in mails.only("message", "mail_id")}
    for pk, kind, mailed_at in rows:
        if kind == Message.Kind.REPLY and mailed_at is not None:
            yield message_id_of(pk)
        elif pk in ids and not ids[pk].endswith("@made-here") and " " not in ids[pk]:
            yield f"<{ids[pk]}>"
