"""What can be said of a ticket by its own columns, wherever they were read."""

from datetime import UTC, datetime

NO_DEADLINE = datetime(9999, 1, 1, tzinfo=UTC)  # sorts behind every deadline on every database
RESOLVED = "resolved"


class TicketState:
    __slots__ = ()

    status: str
    due_at: datetime
    customer_spoke_at: datetime | None
    desk_spoke_at: datetime | None

    @property
    def is_resolved(self) -> bool:
        return self.status == RESOLVED

    @property
    def deadline(self) -> datetime | None:
        return None if self.due_at == NO_DEADLINE else self.due_at

    @property
    def is_unanswered(self) -> bool:
        """The customer had the last word."""
        if self.customer_spoke_at is None:
            return False
        return self.desk_spoke_at is None or self.customer_spoke_at > self.desk_spoke_at
