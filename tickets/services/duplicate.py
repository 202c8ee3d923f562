"""Tickets that may be about the very same request as this one, found before somebody answers twice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Flag, auto
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Account, EvidenceValue, KeptApart, Person, Ticket
from tickets.models.ticket import sight_of

from .ahead import Call, answers_of
from .compiled import Compiled
from .event import record
from .merge import have_same_readers
from .search.find import asked_for, holding_asked
from .search.query import Term
from .search.tokens import field_token

WITHIN = timedelta(hours=24)
MOST = 5
MOST_ALIKE = 50  # the newest with one id: an id that stands in every ticket says nothing
_SHOWN = (
    "number",
    "subject",
    "language",
    "status",
    "desk_spoke_at",
    "account",
    "customer__name",
    "customer__email",
)


class Sign(Flag):
    """What shows that two tickets may be about one request, and by what one account is known."""

    REQUEST = auto()
    TASK = auto()
    ERROR = auto()
    LINKED = auto()
    NAMED = auto()


TOKENS = {"request_id": "request", "task_id": "task"}  # what the search index calls them
IDS = {"request_id": Sign.REQUEST, "task_id": Sign.TASK}  # the strongest first
BECAUSE = {
    Sign.REQUEST: _("same request id"),
    Sign.TASK: _("same task id"),
    Sign.ERROR: _("same account and error within a day"),
}


@dataclass(frozen=True, slots=True)
class Suspect:
    """`can_merge` is false where another customer would come to read this one's conversation."""

    ticket: Ticket
    because: str | Promise
    can_merge: bool


def suspects_of(ticket: Ticket, known: Mapping[str, object], *, reader: Person) -> list[Suspect]:
    """Other tickets with the same request or task id, or of the same account with the same error within a day.

    `known` are the ticket's evidence values. One statement, and none where nothing could be alike.
    """
    others = answers_of(suspect_calls(ticket, known, reader=reader))
    return [Suspect(other, BECAUSE[_shown_by(other)], have_same_readers(other, ticket)) for other in others]


def suspect_calls(ticket: Ticket, known: Mapping[str, object], *, reader: Person) -> list[Call]:
    """What `suspects_of` asks."""
    signs = _signs_of(ticket, known)
    if not signs:
        return []
    request, task = (_asked(name, known.get(field, "")) for field, name in TOKENS.items())
    asked = (
        _others, sight_of(reader), signs, ticket.pk, request, task, ticket.fingerprint, ticket.created_at - WITHIN,
        ticket.created_at + WITHIN, ticket.customer_id, ticket.account_id or 0, _named(known),
        _names(ticket, known),
    )  # fmt: skip
    return [asked]


@transaction.atomic
def keep_apart(ticket: Ticket, other: Ticket, *, by: Person) -> None:
    """These two are no duplicates: neither is shown beside the other again."""
    first, second = sorted((ticket, other), key=lambda each: each.pk)
    _row, created = KeptApart.objects.get_or_create(first=first, second=second, defaults={"by": by})
    if created:
        record(ticket, "kept_apart", by=by, other=other.number)


def _signs_of(ticket: Ticket, known: Mapping[str, object]) -> Sign:
    """What another ticket may have in common with this one."""
    signs = Sign(0)
    for name, sign in IDS.items():
        if known.get(name):
            signs |= sign
    if ticket.fingerprint:
        signs |= Sign.ERROR
        signs |= Sign.NAMED if _named(known) else Sign(0)
        signs |= Sign.LINKED if ticket.account_id else Sign(0)
    return signs


def _asked(name: str, value: object) -> str:
    return asked_for(Term((field_token(name, value),)))


def _named(known: Mapping[str, object]) -> str:
    return str(known.get("account") or "").strip()


def _names(ticket: Ticket, known: Mapping[str, object]) -> list[str]:
    """What the account is called in evidence, as JSON writes it."""
    linked = ticket.account
    names = (_named(known), *((linked.name, linked.external_id) if linked else ()))
    return [json.dumps(name) for name in (set(names) - {""} or {""})]


def _shown_by(other: Ticket) -> Sign:
    """The strongest sign. What shows no id was found by the error."""
    return next((sign for sign in IDS.values() if getattr(other, _mark(sign), False)), Sign.ERROR)


def _mark(sign: Sign) -> str:
    return f"same_{sign.name}".lower()


@Compiled
def _others(
    sight: Any, signs: Any, ticket: Any, request: Any, task: Any, fingerprint: Any, since: Any, until: Any,
    customer: Any, linked: Any, named: Any, names: Any,
) -> QuerySet[Ticket]:  # fmt: skip
    """`signs` are those of them to be looked for; the others are not asked about."""
    alike = {}
    for sign, asked in ((Sign.REQUEST, request), (Sign.TASK, task)):
        if sign in signs:
            alike[sign] = Q(holding_asked(asked, most=MOST_ALIKE))
    marks = {_mark(sign): Case(When(alike[sign], then=Value(True)), default=Value(False)) for sign in alike}
    if Sign.ERROR in signs:
        same = Q(customer=customer)
        if signs & (Sign.LINKED | Sign.NAMED):
            same |= Q(Exists(_naming(names)))
        if Sign.LINKED in signs:
            same |= Q(account=linked)
        if Sign.NAMED in signs:
            same |= Q(account__in=Account.objects.filter(Q(name=named) | Q(external_id=named)).values("pk"))
        alike[Sign.ERROR] = Q(fingerprint=fingerprint, created_at__range=(since, until)) & same
    apart = KeptApart.objects
    return (
        Ticket.objects.in_sight(sight)
        .standing()
        .exclude(pk=ticket)
        .exclude(pk__in=apart.filter(first=ticket).values("second"))
        .exclude(pk__in=apart.filter(second=ticket).values("first"))
        .filter(reduce(or_, alike.values()))
        .annotate(**marks)
        .select_related("customer")
        .only(*_SHOWN)
        .order_by("-created_at")[:MOST]  # as the index of fingerprints goes
    )


def _naming(names: Any) -> QuerySet[EvidenceValue]:
    """Evidence of a ticket that names the account by one of these."""
    current = EvidenceValue.objects.filter(ticket=OuterRef("pk"), field="account", is_current=True)
    return current.filter(value__in=names)
