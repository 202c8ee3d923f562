"""The vocabulary of macros: several actions on a ticket under one name, and where they are offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .rule import When
from .verdict import Words

# What conditions of a macro may test of a ticket, beside the fields of the evidence.
TICKET_SIGNALS: Mapping[str, str] = MappingProxyType(
    {
        "verdict": "config_mistake, provider_incident or needs_evidence",
        "cause": "slug of the cause",
        "layer": "where the cause lies",
        "sureness": "how sure the verdict is: sure, likely or unsure",
        "confirmed": "whether a person gave the verdict",
        "status": "open, waiting, snoozed or resolved",
        "language": "en or zh-hans: what replies are written in",
        "tag": "each tag",
        "missing": "each fact that applies and is not known",
        "unanswered": "whether the customer had the last word",
        "assigned": "whether anybody has it",
        "mine": "whether the person who looks has it",
        "escalated": "whether an engineer has been asked",
        "incident": "whether it is about an incident that has not ended",
    }
)
# How a ticket goes on when all else is done: a status, or until when it sleeps.
STATUSES = ("open", "waiting")
WAKES = ("reply", "incident", "hour", "tomorrow", "monday")
NOBODY, ME = "nobody", "me"
SUGGESTED = "suggested"  # in place of a reply's name: the first that is suggested for the ticket


@dataclass(frozen=True, slots=True)
class Actions:
    """What a macro does, in the order in which it is done; what is empty is not done.

    `assign` is `me`, `nobody` or the id of a person; `reply` the name of a canned reply, or `letter` a text of its own.
    """

    confirm: bool = False
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    assign: str = ""
    note: Words | None = None
    escalate: Words | None = None
    reply: str = ""
    letter: Words | None = None
    ask: bool = False
    status: str = ""
    snooze: str = ""

    @property
    def writes(self) -> bool:
        """Whether the customer gets a letter."""
        return bool(self.reply or self.letter or self.ask)


@dataclass(frozen=True, slots=True)
class Macro:
    """`written` holds the `when` and the `do` as they stand in the file: the database keeps them alike."""

    id: str
    title: Words
    folder: Words
    when: When
    actions: Actions
    written: Mapping[str, Any]
