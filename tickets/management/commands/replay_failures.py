"""`manage.py replay_failures`: which incidents correlation would have opened. Needs no database; stores nothing."""

import gzip
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tickets.services.correlation import Opening, Thresholds
from tickets.services.correlation.replay import Replay
from tickets.services.correlation.title import title_of

DEFAULTS = Thresholds()


class Command(BaseCommand):
    help = "Let correlation live through failures from a file (NDJSON as POST /api/v1/failures takes it, by time)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="an NDJSON file, also gzipped; - is standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.add_argument("--window", type=int, default=DEFAULTS.window, help="minutes (%(default)s)")
        parser.add_argument(
            "--failures", type=int, default=DEFAULTS.failures, help="least in the window (%(default)s)"
        )
        parser.add_argument(
            "--accounts", type=int, default=DEFAULTS.accounts, help="least in the window (%(default)s)"
        )

    def handle(self, *, file: str, window: int, failures: int, accounts: int, **options: Any) -> None:
        if not 5 <= window <= 60 or failures < 1 or accounts < 1:
            raise CommandError("The window is 5 to 60 minutes; failures and accounts are 1 at least.")
        replay = Replay(Thresholds(window=window, failures=failures, accounts=accounts))
        written = 0
        with _opened(file) as lines:
            for opening in replay.openings(lines):
                told = _told(opening, replay.errors.words_of(opening.place.fingerprint))
                self.stdout.write(
                    json.dumps(told, ensure_ascii=False) if options["json"] else _readable(told)
                )
                self.stdout.flush()
                written += 1
        if not options["json"] and not written:
            self.stdout.write("Nothing would have been opened.")
        for refused in replay.refused:
            self.stderr.write(f"line {refused.line} left out: {refused.why}")
        if replay.refused_count > len(replay.refused):
            self.stderr.write(f"{replay.refused_count} lines were left out in all")


@contextmanager
def _opened(name: str) -> Iterator[Iterable[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            if file.read(2) == b"\x1f\x8b":
                file.seek(0)
                with gzip.open(file) as unpacked:
                    yield unpacked
                return
            file.seek(0)
            yield file
    except (OSError, EOFError) as problem:
        raise CommandError(f"{name} cannot be read: {problem}") from problem


def _told(opening: Opening, words: str) -> dict[str, object]:
    place = opening.place
    return {
        "opened_at": datetime.fromtimestamp(opening.at, UTC).isoformat().replace("+00:00", "Z"),
        "provider": place.provider,
        "model": place.model,
        "route": place.route,
        "fingerprint": place.fingerprint,
        "accounts": opening.accounts,
        "failures": opening.failures,
        "title": title_of(place, words),
    }


def _readable(told: dict[str, object]) -> str:
    return (
        f"{told['opened_at']}  {told['accounts']:>4} accounts {told['failures']:>6} failures  {told['title']}"
    )
