"""A row of a list as the template shows it: every word and address ready, for fifty of them are drawn at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from tickets.forms.column import columns_of
from tickets.models import Person, Snooze, Ticket
from tickets.models.ticket import VerdictChoice
from tickets.permissions import can_see_evidence, can_work_tickets
from tickets.services.catalogue import cause_named
from tickets.services.listed_ticket import ListedTicket
from tickets.services.row import Row, rows_of

from .card import ICONS, TONES
from .moment import Moment, moment_of

_NUMBER = "{number}"  # stands for a ticket's number in what is drawn for all rows


@dataclass(slots=True)
class Assignee:
    name: str
    initials: str
    is_away: bool


@dataclass(slots=True)
class ShownRow:
    """`waiting` and `opened` are there where a column shows them; `came` says what it is since the list was shown."""

    number: int
    subject: str
    address: str
    lang: str
    is_selected: bool
    is_unread: bool
    is_unanswered: bool
    came: str
    is_charged: bool
    has_draft: bool
    verdict: str
    tone: str
    icon: str
    cause: str
    account: str
    customer: str
    model: str
    endpoint: str
    status: str
    alike: int
    tags: tuple[str, ...]
    more_tags: int
    replies: int
    state: str
    asleep: Snooze | None
    deadline: Moment | None
    is_late: bool
    waiting: Moment | None
    opened: Moment | None
    assignee: Assignee | None
    actions: SafeString | str


def table_of(
    tickets: Sequence[ListedTicket],
    reader: Person,
    *,
    drafts: Collection[int] = (),
    selected: Collection[int] = (),
    is_preview: bool = False,
    since: datetime | None = None,
) -> dict[str, Any]:
    """What the table of a list shows to `reader`. `drafts` and `selected` are numbers of tickets; in a preview nothing
    can be done. What the customer wrote on `since` is marked.
    """
    rows = rows_of(tickets, evidence=can_see_evidence(reader))
    columns = columns_of(reader)
    cells = [column.slug for column in columns]
    can_work = can_work_tickets(reader) and not is_preview
    labels = Labels(get_language() or "en", cells, can_work=can_work, since=since)
    return {
        "rows": [_shown(row, labels, drafts, selected) for row in rows],
        "columns": columns,
        "cells": cells,
        "can_work": can_work,
    }


class Labels:
    """What many rows say alike, looked up once."""

    def __init__(
        self, language: str, cells: Collection[str], *, can_work: bool, since: datetime | None = None
    ) -> None:
        self.verdicts = {value: str(label) for value, label in VerdictChoice.choices}
        self.states = {value: str(label) for value, label in Ticket.Status.choices}
        self.before, self.behind = reverse("ticket", args=(0,)).rsplit("0", 1)
        self.now = timezone.now()
        self._language = language
        self._cells = cells
        self._can_work = can_work
        self._since = since
        self._zone = timezone.get_current_timezone()
        self._assignees: dict[int, Assignee] = {}

    def address_of(self, number: int | str) -> str:
        return f"{self.before}{number}{self.behind}"

    def cause(self, slug: str) -> str:
        return cause_named(slug).title.in_language(self._language)

    def moment(self, at: datetime | None, *, cell: str) -> Moment | None:
        """As the column shows it; nothing where the table has no such column."""
        if at is None or cell not in self._cells:
            return None
        return moment_of(at, self._zone)

    def came(self, ticket: ListedTicket) -> str:
        spoke_at = ticket.customer_spoke_at
        if self._since is None or spoke_at is None or spoke_at <= self._since:
            return ""
        return pgettext("ticket", "new") if ticket.created_at > self._since else pgettext("ticket", "updated")

    def assignee(self, person: Person) -> Assignee:
        """Tickets of one assignee share the person."""
        if person.pk not in self._assignees:
            self._assignees[person.pk] = Assignee(str(person), person.initials, person.is_away)
        return self._assignees[person.pk]

    def actions_on(self, ticket: ListedTicket) -> SafeString | str:
        if not self._can_work:
            return ""
        drawn = _drawn_actions(self._language, self.address_of(_NUMBER), is_resolved=ticket.is_resolved)
        return mark_safe(drawn.replace(_NUMBER, str(ticket.number)))  # noqa: S308 – a number into what was drawn


@lru_cache  # the rows differ in the number alone
def _drawn_actions(language: str, address: str, *, is_resolved: bool) -> str:
    """In the reader's `language`, which is the active one."""
    context = {"number": _NUMBER, "address": address, "is_resolved": is_resolved}
    return render_to_string("desk/_row_actions.html", context)


def _shown(row: Row, labels: Labels, drafts: Collection[int], selected: Collection[int]) -> ShownRow:
    ticket = row.ticket
    return ShownRow(
        number=ticket.number,
        subject=ticket.subject,
        address=labels.address_of(ticket.number),
        lang="zh-Hans" if ticket.language.startswith("zh") else "en",
        is_selected=ticket.number in selected,
        is_unread=ticket.is_unread,
        is_unanswered=ticket.is_unanswered,
        came=labels.came(ticket),
        is_charged=bool(ticket.charged),
        has_draft=ticket.number in drafts,
        verdict=labels.verdicts.get(ticket.verdict, ticket.verdict),
        tone=TONES.get(ticket.verdict, ""),
        icon=ICONS.get(ticket.verdict, "evidence"),
        cause=labels.cause(ticket.cause),
        account=ticket.account or row.told_account,
        customer=ticket.customer,
        model=row.model,
        endpoint=row.endpoint,
        status=row.status,
        alike=row.alike,
        tags=row.tags,
        more_tags=row.more_tags,
        replies=row.replies,
        state=labels.states[ticket.status],
        asleep=row.asleep,
        deadline=labels.moment(ticket.deadline, cell="sla"),
        is_late=bool(ticket.deadline and ticket.deadline < labels.now),
        waiting=labels.moment(ticket.customer_spoke_at, cell="waiting"),
        opened=labels.moment(ticket.created_at, cell="opened"),
        assignee=labels.assignee(ticket.assignee) if ticket.assignee else None,
        actions=labels.actions_on(ticket),
    )
