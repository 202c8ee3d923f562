"""What the composer and its pages draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tickets.models import BulkChange
from tickets.services.attachment import ACCEPTED
from tickets.services.markdown import to_html
from tickets.services.reply import SuggestedReply
from tickets.views.composer import Piece, pieces_of
from tickets.views.draft import saved_words
from triage.engine.reply import Filled

register = template.Library()


@register.filter
def rendered(text: str) -> SafeString:
    """Markdown of the desk as sanitised HTML."""
    return SafeString(to_html(text))


@register.filter
def pieces(reply: SuggestedReply | Filled) -> Iterator[Piece]:
    return pieces_of(reply)


@register.filter
def saved(moment: datetime) -> str:
    return saved_words(moment)


EFFECT_ICONS = {
    "confirm": "check",
    "tag": "tag",
    "assign": "user",
    "note": "lock",
    "escalate": "escalate",
    "reply": "reply",
    "ask": "evidence",
    "status": "clock",
    "snooze": "snooze",
}


@register.filter
def effect_icon(kind: str) -> str:
    return EFFECT_ICONS[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something to be taken back, as long as pages offer it."""

    until: datetime

    @property
    def seconds(self) -> int:
        return round((self.until - timezone.now()).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReply(Offer):
    """A reply just sent, while it can be taken back."""

    ticket: int
    message: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneMacro(Offer):
    """A macro just run, while it is offered to be taken back; `to` names who gets a letter that is still held."""

    run: int
    name: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneOnOne(Offer):
    """What was just done on one ticket, while pages offer to take it back."""

    change: int
    action: str
    ticket: int

    @property
    def sentence(self) -> str:
        return str(DONE[BulkChange.Action(self.action)]) % {"number": self.ticket}


DONE = {
    BulkChange.Action.ASSIGN: _("Assignee of #%(number)d changed"),
    BulkChange.Action.STATUS: _("Status of #%(number)d changed"),
    BulkChange.Action.SNOOZE: _("#%(number)d snoozed"),
    BulkChange.Action.CONFIRM: _("Verdict of #%(number)d confirmed"),
    BulkChange.Action.OVERRULE: _("Verdict of #%(number)d changed"),
    BulkChange.Action.RESOLVE: _("#%(number)d resolved"),
}


@register.inclusion_tag("desk/_undo_send.html", takes_context=True)
def undo_send(context: dict[str, Any]) -> dict[str, Any]:
    """The bar that takes the reply or the macro back, on whatever page its sender goes on to. One bar: the macro's
    takes its reply back too. Another one takes back what was done on one ticket since, but for the list, which has
    its own.
    """
    session = getattr(context.get("request"), "session", {})
    macro, sent = _kept(session, "macro_run", DoneMacro), _kept(session, "sent", SentReply)
    is_newer = macro and sent and sent.until > macro.until
    return {
        "macro": None if is_newer else macro,
        "sent": sent if is_newer or not macro else None,
        "change": None if context.get("last_change") else _kept(session, "undo_one", DoneOnOne),
        "csrf_token": context.get("csrf_token"),
    }


Kept = TypeVar("Kept", bound=Offer)


def _kept(session: Mapping[str, Any], key: str, kind: type[Kept]) -> Kept | None:
    """What the session still holds, until its time is over."""
    kept = session.get(key)
    held = kind(**{**kept, "until": datetime.fromisoformat(kept["until"])}) if kept else None
    return held if held and held.seconds > 0 else None


@register.simple_tag
def accepted_files() -> str:
    """For the file chooser: what a message may carry."""
    return ACCEPTED
