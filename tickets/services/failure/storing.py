"""A batch of reported failures is stored and counted in one transaction: killed at any moment, it is there whole or
not at all, and sent again it counts once.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from tickets.models import ApiToken
from tickets.services.charge.of_failures import note_charges

from .columns import Columns, columns_of, read_columns
from .days import ensure_days
from .fingerprinting import Known
from .kinds import KindOf, kind_id
from .reading import BadRow, read_row
from .redacting import make_batch_safe
from .writing import Line, add_accounts, add_counts, add_kinds, add_lines, codes_known

AHEAD = timedelta(days=1)  # a clock that is set wrong by more is refused
TRIES = 3
KINDS_DIFFER_BY = ("provider", "model", "route", "group")  # and by the fingerprint of the error


@dataclass(slots=True)
class Stored:
    """What became of a batch; `rejected` are (index, sentence)."""

    accepted: int = 0
    duplicates: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


def store(given: Sequence[object], *, token: ApiToken) -> Stored:
    """A row is known by the token and its source_id. A BadRow among them is one that could not be parsed."""
    now = timezone.now()
    stored = Stored()
    columns = _read(given, now, stored)
    if not columns:
        return stored
    lines, kinds = _lines(columns, token, now)
    stored.duplicates = len(columns["source_id"]) - len(lines)
    if not lines:
        return stored
    ensure_days({line.occurred_at.date() for line in lines.values()})
    fresh = _add(lines, kinds)
    stored.accepted = fresh
    stored.duplicates += len(lines) - fresh
    return stored


def _read(given: Sequence[object], now: datetime, stored: Stored) -> Columns:
    earliest = now - timedelta(days=settings.FAILURE_COUNT_DAYS)
    latest = now + AHEAD
    if columns := read_columns(given):
        times = columns["occurred_at"]
        if earliest < min(times) and max(times) < latest:
            return columns
    rows = []
    for index, one in enumerate(given):
        try:
            if isinstance(one, BadRow):
                raise one
            row = read_row(one)
            if not earliest < row.occurred_at < latest:
                raise BadRow(_out_of_time(row.occurred_at > now))
            rows.append(row)
        except BadRow as refused:
            stored.rejected.append((index, str(refused)))
    return columns_of(rows)


def _out_of_time(is_ahead: bool) -> str:
    if is_ahead:
        return "occurred_at lies more than a day ahead."
    return f"occurred_at is longer ago than the {settings.FAILURE_COUNT_DAYS} days that are counted."


def _lines(columns: Columns, token: ApiToken, now: datetime) -> tuple[dict[str, Line], dict[int, KindOf]]:
    """The lines to be written, by their code, and the kinds that they are of. The first of two alike counts."""
    sources = columns["source_id"]
    codes = list(codes_of(token, sources, settings.PEPPER))
    safe, known, digests = make_batch_safe(columns)
    numbers, kinds = _kinds(safe, known)
    made: Columns = {
        **safe,
        "code": codes,
        "received_at": [now] * len(codes),
        "kind": numbers,
        "token": [int(token.pk)] * len(codes),
        "account_digest": digests,
        "key_fingerprint": safe["key"],
    }
    lines: dict[str, Line] = {}
    for line in map(Line._make, zip(*(made[name] for name in Line._fields), strict=True)):
        lines.setdefault(line.code, line)
    for pepper in settings.PEPPERS_BEFORE:
        _drop_stored(lines, dict(zip(codes, codes_of(token, sources, pepper), strict=True)))
    return lines, kinds


def _kinds(safe: Columns, known: Sequence[Known]) -> tuple[list[int], dict[int, KindOf]]:
    """The number of each row's kind, and what those numbers stand for."""
    whats = list(zip(*(safe[name] for name in KINDS_DIFFER_BY), known, strict=True))
    numbers: dict[tuple[Any, ...], int] = {}
    kinds: dict[int, KindOf] = {}
    for what in dict.fromkeys(whats):
        provider, model, route, group, error = what
        kind = KindOf(provider, model, route, group, error.value)
        numbers[what] = kind_id(kind)
        kinds.setdefault(numbers[what], kind._replace(words=error.words))
    return [numbers[what] for what in whats], kinds


def _drop_stored(lines: dict[str, Line], earlier: dict[str, str]) -> None:
    """What came in before the pepper was changed is known by another code. `earlier` names it by the code of now."""
    asked = [line._replace(code=earlier[code]) for code, line in lines.items()]
    known = codes_known(asked) if asked else set()
    for code, old in earlier.items():
        if old in known:
            lines.pop(code, None)


def codes_of(token: ApiToken, source_ids: Iterable[str], pepper: bytes) -> Iterator[str]:
    """What each row is known by for good. Keyed, since a source may put anything into its id."""
    begun = hashlib.blake2b(f"{token.pk}\0".encode(), key=pepper[:64], digest_size=16)
    for source_id in source_ids:
        digest = begun.copy()
        digest.update(source_id.encode("utf-8", "replace"))
        yield digest.hexdigest()


def _add(lines: dict[str, Line], kinds: dict[int, KindOf]) -> int:
    """How many were new. Of one batch sent twice at once, the second finds the first when it tries again."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _add_once(lines, kinds)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError  # the loop returns or raises


def _add_once(lines: dict[str, Line], kinds: dict[int, KindOf]) -> int:
    known = codes_known(list(lines.values()))
    fresh = [line for code, line in lines.items() if code not in known]
    if not fresh:
        return 0
    accounts = Counter(
        (line.occurred_at.replace(second=0, microsecond=0), line.kind, line.account_digest) for line in fresh
    )
    counts: Counter[tuple[datetime, int]] = Counter()
    for (minute, kind, _), failures in accounts.items():
        counts[minute, kind] += failures
    add_lines(fresh)
    add_kinds({number: kinds[number] for _, number in counts})
    note_charges(fresh)
    add_accounts(accounts)
    add_counts(counts)  # last: batches at the same time wait for each other here, and only here
    return len(fresh)
