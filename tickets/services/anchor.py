"""The daily anchor over all evidence chains: made once a day, written down for others, checked against copies."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tickets.models import Anchor, AnchoredChain, Event, Ticket
from tickets.models.anchor import MARK, written
from tickets.models.event import FIRST

from . import outbox
from .merkle import leaf_of, root_of

FORMAT = "triage-desk-anchor-1"
AT_A_TIME = 500  # chains
MISSING = "-" * MARK  # an entry that was not there any more


def ask_daily() -> None:
    """Ask for today's anchor, once whoever asks. One small query where that was done."""
    today = timezone.now().date().isoformat()
    outbox.add("anchor_chains", today, key=f"anchor_chains:{today}")


@transaction.atomic
def anchor_chains(day: str) -> Anchor:
    """Hold what all chains are now. Asked twice for a day, it answers with the anchor that stands."""
    standing = Anchor.objects.filter(day=day).first()
    if standing:
        return standing
    last = Anchor.objects.order_by("-number").first()
    grown = _grown()
    rows = [row for chunk in iter(lambda: list(islice(grown, AT_A_TIME)), []) for row in _held(chunk)]
    anchor = Anchor(
        number=last.number + 1 if last else 1,
        day=date.fromisoformat(day),
        at=timezone.now(),
        chains=len(rows),
        entries=sum(len(row.marks) // MARK for row in rows),
        root=root_of(leaf_of(row.leaf) for row in rows),
        previous=last.hash if last else FIRST,
    )
    anchor.hash = anchor.hash_of_anchor()
    anchor.save(force_insert=True)
    for row in rows:
        row.anchor = anchor
    AnchoredChain.objects.bulk_create(rows, batch_size=1000)
    if settings.ANCHOR_MAIL_TO:
        outbox.add("mail_anchor", anchor, key=f"mail_anchor:{anchor.number}")
    if settings.ANCHOR_POST_URL:
        outbox.add("post_anchor", anchor, key=f"post_anchor:{anchor.number}")
    return anchor


def head_of(anchor: Anchor) -> dict[str, Any]:
    """The anchor itself, in a few lines: who keeps them can tell later whether it was written anew."""
    return {
        "format": FORMAT,
        "number": anchor.number,
        "day": anchor.day.isoformat(),
        "at": written(anchor.at),
        "chains": anchor.chains,
        "entries": anchor.entries,
        "root": anchor.root,
        "previous": anchor.previous,
        "hash": anchor.hash,
    }


def document_of(anchor: Anchor) -> dict[str, Any]:
    """The anchor with all that it holds: who keeps this can name the ticket and the entry that were changed."""
    rows = anchor.anchored.order_by("ticket_id")
    return {**head_of(anchor), "anchored": [row.leaf for row in rows.iterator(2000)]}


def _grown() -> Iterator[tuple[int, int, str, int]]:
    """Number, length, head and the length anchored before, of each chain that is longer than that."""
    anchored = AnchoredChain.objects.filter(ticket=OuterRef("pk")).order_by("-length").values("length")[:1]
    chains = Ticket.objects.annotate(before=Coalesce(Subquery(anchored), 0))
    grown = chains.filter(chain_length__gt=F("before")).order_by("pk")
    return grown.values_list("pk", "chain_length", "chain_head", "before").iterator(2000)


def _held(chains: list[tuple[int, int, str, int]]) -> list[AnchoredChain]:
    marks: dict[int, dict[int, str]] = defaultdict(dict)
    events = Event.objects.filter(ticket__in=[number for number, *_ in chains]).order_by(
        "ticket_id", "position"
    )
    for number, position, digest in events.values_list("ticket_id", "position", "hash"):
        marks[number][position] = digest[:MARK]
    return [
        AnchoredChain(
            ticket_id=number,
            length=length,
            head=head,
            marks="".join(marks[number].get(place, MISSING) for place in range(before + 1, length + 1)),
        )
        for number, length, head, before in chains
    ]
