"""Mails as they come in, built byte by byte where the standard library would write them too well."""

from itertools import count

from tests.factories import make_agent
from tickets.models import InboundMail, Message, Ticket
from tickets.services.inbound_mail import receive_mail
from tickets.services.message import send_reply

_ids = count(1)


def a_mail(
    body: str | bytes = "Every call answers 404, please help.",
    *,
    sender: str = "Lin <lin@client.invalid>",
    to: str = "desk@desk.invalid",
    subject: str = "All calls fail",
    mail_id: str = "",
    charset: str = "utf-8",
    **headers: str,
) -> bytes:
    """One plain mail; more headers by name, `in_reply_to=…`; an empty charset leaves the type out."""
    named = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Message-ID": mail_id or f"<{next(_ids)}.corpus@client.invalid>",
        "Date": "Fri, 27 Nov 2026 09:00:00 +0800",
        **({"Content-Type": f"text/plain; charset={charset}"} if charset else {}),
        **{name.replace("_", "-").title(): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    content = body if isinstance(body, bytes) else body.encode(charset or "utf-8")
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + content


def parts(*inner: bytes, kind: str = "mixed", **more: str) -> bytes:
    """A mail of several parts; each is `a_part`."""
    mark = f"=_mark_{next(_ids)}"
    body = b"".join(b"--" + mark.encode() + b"\r\n" + part + b"\r\n" for part in inner)
    return a_mail(
        b"This is a message in parts.\r\n" + body + b"--" + mark.encode() + b"--\r\n",
        charset="",
        content_type=f'multipart/{kind}; boundary="{mark}"',
        **more,
    )


def a_part(content: str | bytes, kind: str = "text/plain; charset=utf-8", *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in (f"Content-Type: {kind}", *headers))
    return lines.encode() + b"\r\n" + (content if isinstance(content, bytes) else content.encode())


def a_bounce(original_id: str, *, action: str = "failed", **more: str) -> bytes:
    status = (
        "Reporting-MTA: dns; mx.client.invalid\r\n\r\n"
        f"Final-Recipient: rfc822; lin@client.invalid\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n"
    )
    original = (
        f"From: desk@desk.invalid\r\nMessage-ID: {original_id}\r\nSubject: [#1] All calls fail\r\n\r\nHello"
    )
    return parts(
        a_part("I am sorry to have to inform you that your message could not be delivered."),
        a_part(status, "message/delivery-status"),
        a_part(original, "message/rfc822"),
        kind="report; report-type=delivery-status",
        **{
            "sender": "Mail Delivery System <MAILER-DAEMON@mx.client.invalid>",
            "subject": "Undelivered Mail Returned to Sender",
            "return_path": "<>",
            "auto_submitted": "auto-replied",
            **more,
        },
    )


def take_in(raw: bytes) -> InboundMail:
    """As it comes through a pipe."""
    row = receive_mail(raw, way=InboundMail.Way.PIPE)
    row.refresh_from_db()
    return row


def answered(ticket: Ticket) -> Message:
    """The letter that a mail can answer, or that comes back."""
    return send_reply(ticket, by=make_agent(undo_seconds=0), body="Please use the address that ends in /v1.")
