"""Tickets that may be about the very same request as this one, found before somebody answers twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Account, EvidenceValue, KeptApart, Person, Ticket

from .event import record
from .merge import have_same_readers
from .search.find import holding
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
BECAUSE = {
    "same_request": _("same request id"),
    "same_task": _("same task id"),
    "same_error": _("same account and error within a day"),
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
    signs = _signs_of(ticket, known)
    if not signs:
        return []
    *stronger, weakest = signs  # what shows no stronger one was found by the weakest
    marks = {name: Case(When(signs[name], then=Value(True)), default=Value(False)) for name in stronger}
    found = _others(ticket, reader).filter(reduce(or_, signs.values())).annotate(**marks)
    return [
        Suspect(
            other,
            BECAUSE[next((name for name in stronger if getattr(other, name)), weakest)],
            have_same_readers(other, ticket),
        )
        for other in found[:MOST]
    ]


@transaction.atomic
def keep_apart(ticket: Ticket, other: Ticket, *, by: Person) -> None:
    """These two are no duplicates: neither is shown beside the other again."""
    first, second = sorted((ticket, other), key=lambda each: each.pk)
    _row, created = KeptApart.objects.get_or_create(first=first, second=second, defaults={"by": by})
    if created:
        record(ticket, "kept_apart", by=by, other=other.number)


def _signs_of(ticket: Ticket, known: Mapping[str, object]) -> dict[str, Q]:
    """What another ticket may have in common with this one, the strongest sign first."""
    signs = {
        f"same_{name}": Q(holding([Term((field_token(name, known[field]),))], most=MOST_ALIKE))
        for name, field in (("request", "request_id"), ("task", "task_id"))
        if known.get(field)
    }
    if ticket.fingerprint:
        near = (ticket.created_at - WITHIN, ticket.created_at + WITHIN)
        alike = Q(fingerprint=ticket.fingerprint, created_at__range=near)
        signs["same_error"] = alike & (Q(customer=ticket.customer_id) | _of_same_account(ticket, known))
    return signs


def _of_same_account(ticket: Ticket, known: Mapping[str, object]) -> Q:
    """Linked to the account or naming it in the evidence, by name or by number: on either side."""
    linked, named = ticket.account, str(known.get("account") or "").strip()
    names = {named, *((linked.name, linked.external_id) if linked else ())} - {""}
    if not names:
        return Q(pk__in=())
    naming = EvidenceValue.objects.filter(
        reduce(or_, (Q(value=name) for name in names)),
        ticket=OuterRef("pk"),
        field="account",
        is_current=True,
    )
    same = Q(Exists(naming)) | Q(account=linked) if linked else Q(Exists(naming))
    if not named:
        return same
    return same | Q(account__in=Account.objects.filter(Q(name=named) | Q(external_id=named)).values("pk"))


def _others(ticket: Ticket, reader: Person) -> QuerySet[Ticket]:
    apart = KeptApart.objects
    return (
        Ticket.objects.visible_to(reader)
        .standing()
        .exclude(pk=ticket.pk)
        .exclude(pk__in=apart.filter(first=ticket).values("second"))
        .exclude(pk__in=apart.filter(second=ticket).values("first"))
        .select_related("customer")
        .only(*_SHOWN)
        .order_by("-created_at")  # as the index of fingerprints goes
    )
