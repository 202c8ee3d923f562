"""What others did to a ticket since a person looked at it: an answer does not go out over it unread."""

from dataclasses import dataclass

from tickets.models import Event, Message, Person, Ticket

# Kinds of entries that may make an answer wrong. Evidence by itself does not; a verdict that it changes does.
STOPPING = frozenset(
    {
        "customer_wrote",
        "replied",
        "noted",
        "incident_update",
        "status_set",
        "resolved",
        "reopened",
        "snoozed",
        "woken",
        "assigned",
        "escalated",
        "judged",
        "verdict_confirmed",
        "verdict_overruled",
        "verdict_taken_back",
        "merged_in",
        "merge_undone",
        "split_off",
    }
)

WRITING = ("customer_wrote", "replied", "noted", "incident_update")


@dataclass(frozen=True, slots=True)
class Changed:
    """`revision` is the length of the chain with all of this on it: who has seen that has seen it all."""

    revision: int
    events: tuple[Event, ...] = ()

    @property
    def written(self) -> list[int]:
        """Ids of the new messages, oldest first."""
        return [event.data.get("message") for event in self.events if event.kind in WRITING]

    def __bool__(self) -> bool:
        return bool(self.events)


class ChangedMeanwhile(Exception):
    """Others changed the ticket since the writer looked at it. `changed` is what they did."""

    def __init__(self, changed: Changed) -> None:
        super().__init__(", ".join(event.kind for event in changed.events))
        self.changed = changed


def changed_since(ticket: Ticket, seen: int | None, *, by: Person) -> Changed:
    """What stops this person's answer. Without a query where the chain is as long as it was seen."""
    if seen is None or ticket.chain_length <= seen:
        return Changed(ticket.chain_length)
    events = ticket.events.filter(position__gt=seen, kind__in=STOPPING).select_related("by")
    return Changed(ticket.chain_length, tuple(event for event in events if stops(event, by)))


def stops(event: Event, by: Person) -> bool:
    """Whether this entry makes the person look again before an answer goes out."""
    if event.kind not in STOPPING or event.by_id == by.pk:
        return False
    if event.kind == "judged":
        return bool(event.data.get("changed"))
    return event.kind != "assigned" or event.data.get("to") != by.pk


def new_messages(changed: Changed) -> list[Message]:
    return list(Message.objects.filter(pk__in=changed.written).select_related("author"))


def stop_if_changed(ticket: Ticket, seen: int | None, *, by: Person) -> None:
    """Raises ChangedMeanwhile. The caller holds the lock on the ticket and has read it under the lock."""
    changed = changed_since(ticket, seen, by=by)
    if changed:
        raise ChangedMeanwhile(changed)
