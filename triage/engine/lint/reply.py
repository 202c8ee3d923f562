"""What a reply must never say: checked while it is written, and once more when it is sent."""

from collections.abc import Mapping

from .key_request import key_objections
from .money_promise import money_objections
from .objection import (
    ADVISES_ROUTE,
    ASKS_FOR_KEY,
    PLACEHOLDER,
    PROMISES_MONEY,
    PROMISES_TIME,
    SECRET,
    Objection,
)
from .placeholder import placeholder_objections
from .route_advice import route_objections
from .secret import secret_objections
from .sentence import sentences
from .time_promise import promise_objections

__all__ = [
    "ADVISES_ROUTE",
    "ASKS_FOR_KEY",
    "PLACEHOLDER",
    "PROMISES_MONEY",
    "PROMISES_TIME",
    "SECRET",
    "Objection",
    "must_not_say",
]


def must_not_say(text: str, facts: Mapping[str, object]) -> tuple[Objection, ...]:
    """Every objection, in the order of the text; none means that the reply may go out.

    Three facts lift a ban: `upstream_status_known` allows a time, `affected_group_confirmed` a route,
    `compensation_approved` money.
    Absent means not known. Time is linear in the length of the text.
    """
    said = tuple(sentences(text))
    found = [*key_objections(said), *placeholder_objections(text), *secret_objections(text)]
    if not facts.get("upstream_status_known"):
        found += promise_objections(said)
    if not facts.get("affected_group_confirmed"):
        found += route_objections(said)
    if not facts.get("compensation_approved"):
        found += money_objections(said)
    return tuple(sorted(found, key=lambda objection: (objection.span, objection.code)))
