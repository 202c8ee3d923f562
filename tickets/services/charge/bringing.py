"""Bringing in lines of charges that people have as a file or as log lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tickets.models import AuditEntry, ChargeLine, Person
from tickets.services.audit import note

from .gathering import AT_ONCE, gather
from .matching import Matching
from .reading import BadRecord, read_record
from .records import NotRead, records_of

MOST = 5_000  # records of one text


@dataclass(frozen=True, slots=True)
class Read:
    """`problems` are sentences, each with its line; the other records may be brought in without them."""

    lines: tuple[ChargeLine, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    added: int
    known: int  # were here before
    foreign: int  # of requests that nobody here knows


def read(text: str) -> Read:
    """Never raises. Nothing is stored."""
    lines: dict[object, ChargeLine] = {}
    problems: list[str] = []
    try:
        for number, record in records_of(text):
            if number > MOST + 1:
                problems.append(_("Only the first %(most)s lines were read.") % {"most": f"{MOST:,}"})
                break
            try:
                line = read_record(record)
                lines[line.code] = line
            except BadRecord as problem:
                problems.append(_("line %(number)d: %(problem)s") % {"number": number, "problem": problem})
    except NotRead as problem:
        problems.append(_("line %(number)d cannot be read") % {"number": problem.line})
    if not lines and not problems:
        problems.append(_("There is no line in this text."))
    return Read(tuple(lines.values()), tuple(problems))


@transaction.atomic
def bring(lines: Sequence[ChargeLine], *, by: Person, only_known: bool) -> Brought:
    """`only_known`: of requests that the desk knows already, since a gateway's log tells of all its requests."""
    stored = stored_codes(lines)
    fresh = [line for line in lines if line.code not in stored]
    matching = Matching(fresh) if only_known else None
    taken = [line for line in fresh if matching is None or matching.charge_of(line) is not None]
    for line in taken:
        line.by = by
    ChargeLine.objects.bulk_create(taken, ignore_conflicts=True, batch_size=AT_ONCE)
    while gather() == AT_ONCE:
        pass
    brought = Brought(len(taken), len(lines) - len(fresh), len(fresh) - len(taken))
    if taken:
        note(
            AuditEntry.Kind.COMPENSATION, by=by, about="charge lines brought in", after={"lines": len(taken)}
        )
    return brought


def stored_codes(lines: Sequence[ChargeLine]) -> set[object]:
    """Those of lines that were here before."""
    found: set[object] = set()
    codes = [line.code for line in lines]
    for start in range(0, len(codes), AT_ONCE):
        some = ChargeLine.objects.filter(code__in=codes[start : start + AT_ONCE])
        found |= set(some.values_list("code", flat=True))
    return found
