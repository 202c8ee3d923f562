"""What happened to an incident, as sentences, the newest first."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from tickets.models import Incident, IncidentChange

Kind = IncidentChange.Kind
MOST = 200  # lines; tickets that joined one after the other are one of them
NAMED = 20  # tickets of one line


def history_of(incident: Incident) -> list[tuple[IncidentChange, str]]:
    changes = incident.changes.select_related("by", "other").order_by("-at", "-pk")[: MOST + 1]
    return [(change, sentence_of(change)) for change in _together(changes)]


def sentence_of(change: IncidentChange) -> str:
    """In the reader's language."""
    who = {
        "name": change.by or _("The desk"),
        "numbers": _named(change.numbers),
        "state": change.get_state_display(),
        "other": change.other or "?",
    }
    return _SENTENCES[Kind(change.kind)]() % who


_SENTENCES = {
    Kind.OPENED: lambda: _("%(name)s opened it"),
    Kind.STATE: lambda: _("%(name)s: %(state)s"),
    Kind.ATTACHED: lambda: _("%(name)s attached %(numbers)s"),
    Kind.JOINED: lambda: _("The desk let %(numbers)s join"),
    Kind.DETACHED: lambda: _("%(name)s took out %(numbers)s"),
    Kind.UPDATED: lambda: _("%(name)s told everybody: %(state)s"),
    Kind.MERGED: lambda: _("%(name)s merged it into “%(other)s”"),
    Kind.MERGED_IN: lambda: _("%(name)s merged “%(other)s” into it"),
    Kind.UNMERGED: lambda: _("%(name)s took it apart from “%(other)s” again"),
    Kind.SPLIT_OFF: lambda: _("%(name)s split %(numbers)s off as “%(other)s”"),
    Kind.SPLIT_FROM: lambda: _("%(name)s split it off “%(other)s”"),
    Kind.APART: lambda: _("%(name)s keeps it apart from “%(other)s”"),
    Kind.NOTICED: lambda: _("The provider’s status page: %(state)s"),
    Kind.TOGETHER: lambda: _("%(name)s no longer keeps it apart from “%(other)s”"),
}


def _together(changes: Iterable[IncidentChange]) -> Iterator[IncidentChange]:
    """Tickets that joined with nothing between them are told in one line, dated by the last."""
    for is_joining, run in groupby(changes, key=lambda change: change.kind == Kind.JOINED):
        if not is_joining:
            yield from run
            continue
        joined = list(run)
        joined[0].numbers = [number for change in joined for number in change.numbers]
        yield joined[0]


def _named(numbers: list[int]) -> str:
    shown = ", ".join(f"#{number}" for number in numbers[:NAMED])
    return f"{shown} +{len(numbers) - NAMED}" if len(numbers) > NAMED else shown
