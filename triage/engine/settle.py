"""Which one field or test would settle a doubt, and the words that ask for it."""

from collections.abc import Iterable, Mapping

from .catalogue.questions import load_questions
from .evidence import FIELDS
from .verdict import Settle

# What to ask first when no rule names what it needs.
_USUAL = ("raw_error", "http_status", "model", "request_id", "endpoint", "retries")
_PROVIDER_SIDE = ("request_id", "occurred_at", "model")


def settle(asks: Iterable[str], known: Mapping[str, object], *, told_only: bool) -> Settle | None:
    """The first thing asked for that is not known; the raw error before all where there is only prose."""
    questions = load_questions()
    wanted = [*(("raw_error",) if told_only else ()), *asks, *_USUAL]
    for field in wanted:
        if field not in known and field in questions:
            return Settle(field, questions[field])
    return None


def missing_fields(
    asks: Iterable[str], known: Mapping[str, object], *, doubtful: bool, incident: bool, told_only: bool
) -> tuple[str, ...]:
    """Evidence fields to ask for: what rules want, what a look-up needs, the usual ones where in doubt."""
    wanted = [*asks]
    if doubtful:
        wanted += _USUAL[1:] if not told_only else _USUAL
    if incident:
        wanted += _PROVIDER_SIDE
    return tuple(field for field in dict.fromkeys(wanted) if field in FIELDS and field not in known)
