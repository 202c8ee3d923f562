"""Pieces of the pages about mail."""

from django import template

from tickets.models import InboundMail
from tickets.permissions import Viewer, can_read_mail
from tickets.services.mail.health import is_mail_in_trouble

register = template.Library()
State = InboundMail.State
TONES = {State.FAILED: "danger", State.BOUNCED: "danger", State.TICKETED: "ok", State.APPENDED: "ok"}
ICONS = {
    State.FAILED: "warn",
    State.BOUNCED: "warn",
    State.IGNORED: "x",
    State.TICKETED: "plus",
    State.APPENDED: "reply",
}


@register.filter
def may_read_mail(viewer: Viewer) -> bool:
    return can_read_mail(viewer)


@register.simple_tag
def mail_is_in_trouble() -> bool:
    return is_mail_in_trouble()


@register.filter
def mail_tone(state: str) -> str:
    return TONES.get(State(state), "")


@register.filter
def mail_icon(state: str) -> str:
    return ICONS[State(state)]
