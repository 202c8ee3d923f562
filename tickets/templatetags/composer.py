"""What the composer and its pages draw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from tickets.services.markdown import to_html
from tickets.services.reply import SuggestedReply
from tickets.views.composer import Piece, pieces_of
from tickets.views.draft import saved_words

register = template.Library()


@register.filter
def rendered(text: str) -> SafeString:
    """Markdown of the desk as sanitised HTML."""
    return SafeString(to_html(text))


@register.filter
def pieces(reply: SuggestedReply) -> Iterator[Piece]:
    return pieces_of(reply)


@register.filter
def saved(moment: datetime) -> str:
    return saved_words(moment)


@dataclass(frozen=True, slots=True)
class SentReply:
    """A reply just sent, while it can be taken back."""

    ticket: int
    message: int
    to: str
    until: datetime

    @property
    def seconds(self) -> int:
        return round((self.until - timezone.now()).total_seconds())


@register.inclusion_tag("desk/_undo_send.html", takes_context=True)
def undo_send(context: dict[str, Any]) -> dict[str, Any]:
    """The bar that takes the reply just sent back, on whatever page its sender goes on to."""
    session = getattr(context.get("request"), "session", {})
    kept = session.get("sent")
    sent = kept and SentReply(**{**kept, "until": datetime.fromisoformat(kept["until"])})
    return {
        "sent": sent if sent and sent.seconds > 0 else None,
        "csrf_token": context.get("csrf_token"),
    }
