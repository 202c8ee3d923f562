"""Before a reply goes out: whether a suspected duplicate of the ticket has one already."""

from django.utils import timezone

from tickets.models import Message, Person, Ticket
from triage.engine.evidence import Span
from triage.engine.lint.objection import ANSWERED_ELSEWHERE, Objection
from triage.engine.verdict import Words

from .duplicate import suspects_of

SUGGESTION = Words(
    "Read that answer first, so that the same trouble is not told in two ways.",
    "请先看看那条回复，以免同一个问题有两种说法。",
)


def answered_elsewhere(ticket: Ticket, *, reader: Person) -> tuple[Objection, ...]:
    """A doubt about the duplicate that was answered last, unless we have spoken on this ticket since: then somebody
    was asked already. Three statements; two where nothing is suspected.
    """
    known = ticket.known_evidence()
    suspects = [
        each.ticket.pk for each in suspects_of(ticket, known, reader=reader) if each.ticket.desk_spoke_at
    ]
    if not suspects:
        return ()
    replies = Message.objects.kept().filter(ticket__in=suspects, kind=Message.Kind.REPLY)
    if ticket.desk_spoke_at is not None:
        replies = replies.filter(created_at__gt=ticket.desk_spoke_at)
    last = replies.select_related("author").order_by("-created_at", "-pk").first()
    return (Objection(ANSWERED_ELSEWHERE, Span(0, 0), _reason(last), SUGGESTION),) if last else ()


def _reason(reply: Message) -> Words:
    when = f"{timezone.localtime(reply.created_at):%Y-%m-%d %H:%M}"
    if reply.author is None:
        return Words(
            f"#{reply.ticket_id}, maybe a duplicate, was answered on {when}.",
            f"疑似重复的工单 #{reply.ticket_id} 已于 {when} 得到回复。",
        )
    return Words(
        f"{reply.author} answered #{reply.ticket_id}, maybe a duplicate, on {when}.",
        f"{reply.author} 已于 {when} 回复了疑似重复的工单 #{reply.ticket_id}。",
    )
