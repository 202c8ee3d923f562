"""The views that everybody's inbox has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Escalation, Mention, Ticket

from .paging import Order
from .search.conditions import OPEN, UNSOLVED

SOON = timedelta(hours=1)  # a deadline nearer than this is about to be missed


def near() -> datetime:
    """The moment up to which a deadline is near."""
    return timezone.now() + SOON


@dataclass(frozen=True, slots=True)
class View:
    """A named list of the inbox. `holds` says which tickets belong to it, by the id of the person who looks and the
    moment up to which a deadline is near.
    """

    slug: str
    title: str | Promise
    empty: str | Promise
    tone: str
    holds: Callable[[Any, Any], Q]
    order: Order = Order.LONGEST_WAITING
    hint: str | Promise = ""  # what the title alone leaves open


VIEWS = (
    View(
        "verdict", _("Needs a verdict"), _("Every open ticket has a confirmed verdict."), "accent",
        lambda reader, near: OPEN & Q(verdict_by_person=False), Order.NEXT_DEADLINE,
    ),
    View(
        "mine", _("Mine"), _("Nothing is assigned to you."), "",
        lambda reader, near: UNSOLVED & Q(assignee=reader), Order.NEXT_DEADLINE,
    ),
    View(
        "mentions", _("Mentions"), _("No note calls for you on an unsolved ticket."), "",
        lambda reader, near: UNSOLVED & Q(pk__in=Mention.objects.filter(person=reader).values("ticket")),
        Order.NEXT_DEADLINE,
    ),
    View(
        "us", _("Waiting on us"), _("Nobody waits for an answer."), "", lambda reader, near: OPEN, Order.NEXT_DEADLINE
    ),
    View(
        "breaching", _("Breaching"), _("No deadline is missed or less than an hour away."), "danger",
        lambda reader, near: UNSOLVED & Q(due_at__lt=near), Order.NEXT_DEADLINE, _("late, or due within an hour"),
    ),
    View(
        "customer", _("Waiting for the customer"), _("We wait for no customer."), "evidence",
        lambda reader, near: Q(status=Ticket.Status.WAITING),
    ),
    View(
        "snoozed", _("Snoozed"), _("Nothing is put aside."), "",
        lambda reader, near: Q(status=Ticket.Status.SNOOZED),
    ),
    View(
        "escalated", _("Escalated"), _("Nothing is escalated."), "incident",
        lambda reader, near: Q(pk__in=Escalation.objects.open().values("ticket")),
    ),
    View(
        "resolved", _("Resolved"), _("Nothing has been resolved yet."), "ok",
        lambda reader, near: Q(status=Ticket.Status.RESOLVED), Order.LAST_CLOSED,
    ),
    View("all", _("All tickets"), _("There is no ticket yet."), "", lambda reader, near: Q(), Order.NEWEST),
)  # fmt: skip
BY_SLUG = {view.slug: view for view in VIEWS}
