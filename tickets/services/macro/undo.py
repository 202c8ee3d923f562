"""Taking a macro back: each part as its single action is taken back, but for what somebody decided anew since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import MacroRun, Person, Tag, Ticket

from ..event import record
from ..hold import recall
from ..put_back import ASSIGNED, JUDGED, MOVED, put_back_assignee, put_back_status, put_back_verdict
from ..tag import set_tags

# Events that say: somebody decided this part anew.
DECIDED_ANEW: Mapping[str, tuple[str, ...]] = {
    "confirm": JUDGED,
    "tags": (),
    "assign": ASSIGNED,
    "status": MOVED,
}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The parts that are as before, and those that are not: gone out, or decided anew since."""

    restored: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@transaction.atomic
def undo(run: MacroRun, *, by: Person) -> TakenBack:
    """Twice does nothing more. Notes and escalations stay: they have no way back alone either."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("assignee", "incident").get(
        pk=run.ticket_id
    )  # fmt: skip
    run = MacroRun.objects.select_for_update(of=("self",)).select_related("message", "macro").get(pk=run.pk)
    if run.undone_at is not None or ticket.merged_into_id is not None:
        return TakenBack()
    restored: list[str] = []
    kept: list[str] = []
    if run.message is not None:
        is_back = recall(run.message, by=by)
        (restored if is_back else kept).append("reply")
        ticket.refresh_from_db()
    since = set(ticket.events.filter(position__gt=run.position).values_list("kind", flat=True))
    for part, before in run.before.items():
        if since.intersection(DECIDED_ANEW[part]):
            kept.append(part)
        else:
            _PUT_BACK[part](ticket, before, by)
            restored.append(part)
    run.undone_at = timezone.now()
    run.save(update_fields=["undone_at"])
    named = {"name": run.name, "name_zh": run.macro.name_zh if run.macro else ""}
    record(ticket, "macro_undone", by=by, **named, run=run.pk, restored=restored, kept=kept)
    return TakenBack(tuple(restored), tuple(kept))


def _put_back_tags(ticket: Ticket, before: Mapping[str, list[str]], by: Person) -> None:
    now = Tag.objects.filter(tickets=ticket).values_list("name", flat=True)
    set_tags(ticket, [name for name in now if name not in before["added"]] + before["removed"], by=by)


_PUT_BACK: Mapping[str, Callable[[Ticket, Any, Person], None]] = {
    "confirm": put_back_verdict,
    "tags": _put_back_tags,
    "assign": put_back_assignee,
    "status": put_back_status,
}
