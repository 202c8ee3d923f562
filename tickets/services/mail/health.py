"""Whether mail comes in, for those who would otherwise learn it from customers."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from tickets.models import InboundMail, Mailbox

MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class MailHealth:
    """`box` is None where no mailbox is read; `last_at` is when any mail came, by whatever way."""

    box: Mailbox | None
    is_silent: bool
    failed: int
    last_at: datetime | None

    @property
    def is_failing(self) -> bool:
        return self.box is not None and bool(self.box.failures)


def mail_health() -> MailHealth:
    box = _mailbox()
    last = InboundMail.objects.order_by("-pk").values_list("received_at", flat=True).first()
    failed = InboundMail.objects.filter(state=InboundMail.State.FAILED)[:MOST_COUNTED].count()
    return MailHealth(box, box is not None and box.is_silent(timezone.now()), failed, last)


def is_mail_in_trouble() -> bool:
    """For every page of the desk: one row of a table that has one; nothing where no mailbox is read."""
    box = _mailbox()
    return box is not None and (bool(box.failures) or box.is_silent(timezone.now()))


def bounce_of_message() -> Subquery:
    """To annotate messages with: to whom and why a letter came back; None where it did not."""
    bounces = InboundMail.objects.bounces().filter(message=OuterRef("pk")).order_by("-pk")
    return Subquery(bounces.values("detail")[:1])


def _mailbox() -> Mailbox | None:
    return Mailbox.objects.filter(name=settings.MAILBOX.name).first() if settings.MAILBOX else None
