"""What became of canned replies: sent, and settled, that is resolved afterwards and not opened again since.

The message keeps what became of it, the reply keeps the sums; both change in the caller's transaction.
"""

from collections import Counter

from django.db.models import F

from tickets.models import CannedReply, Message, Ticket


def count_sent(message: Message) -> None:
    if message.canned_reply_id is not None:
        CannedReply.objects.filter(pk=message.canned_reply_id).update(times_sent=F("times_sent") + 1)


def count_settled(ticket: Ticket, *, is_resolved: bool) -> None:
    """Resolved, the canned replies that went out on the ticket have done their work; opened again, they have not."""
    if is_resolved:
        _turn(ticket, from_=None, to=True, by=1)
    else:
        _turn(ticket, from_=True, to=None, by=-1)


def customer_came_back(ticket: Ticket) -> None:
    """The customer opens a resolved ticket again: what it was resolved with will not count later either."""
    _turn(ticket, from_=True, to=False, by=-1)


def _turn(ticket: Ticket, *, from_: bool | None, to: bool | None, by: int) -> None:
    sent = ticket.messages.exclude(canned_reply=None).filter(settled=from_)
    if to:
        sent = sent.kept()
    turned = dict(sent.values_list("pk", "canned_reply"))
    if not turned:
        return
    Message.objects.filter(pk__in=turned).update(settled=to)
    for reply, count in Counter(turned.values()).items():
        CannedReply.objects.filter(pk=reply).update(times_settled=F("times_settled") + by * count)
