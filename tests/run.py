"""make test: every part of the test, one after the other, and at the end what ran and what did not.

REQUIRE_ALL=1 makes a skipped part a failure. `--only check` runs the first part alone.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.own_clamd import find_clamd
from tests.own_servers import find_binaries
from tests.plumbing import TOP, chromium
from tests.servers import find_postgres, find_redis

BIN = Path(sys.executable).parent
SOURCES = ["manage.py", "triage", "tickets", "tests"]
UNIT = "not browser and not own_servers and not own_clamd"
AGAIN = f"{UNIT} and not own_folder"  # what is the same whatever database the others have
NEEDS_NO_DATABASE = "--ignore=tests/triage/engine"  # pure: what passed once passes on every database
PYTEST = ["pytest", "-p", "no:cacheprovider", "--durations=5", "--durations-min=3"]
MOST_WORKERS = 8  # each makes a database of its own
WORKERS = [
    "-n", os.environ.get("TEST_WORKERS") or str(min(max(os.cpu_count() or 2, 2), MOST_WORKERS)), "--dist", "loadgroup",
]  # fmt: skip


class Missing(Exception):
    """What a part needs and this machine has not."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    commands: Callable[[], list[list[str]]]
    environment: Callable[[], dict[str, str]] = dict


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[part.name for part in PARTS], action="append")
    only = parser.parse_args().only
    outcomes = [_run(part) for part in PARTS if not only or part.name in only]
    print("\n" + "\n".join(line for _, line in outcomes), flush=True)
    return 0 if all(good for good, _ in outcomes) else 1


def _run(part: Part) -> tuple[bool, str]:
    """Whether it may pass, and the line that says how it went."""
    start = time.monotonic()
    try:
        commands, environment = part.commands(), {**os.environ, **EMBEDDED, **part.environment()}
    except Missing as reason:
        required = os.environ.get("REQUIRE_ALL") == "1"
        return not required, f"{part.name}: skipped{', though required' if required else ''}: {reason}"
    print(f"\n== {part.name}", flush=True)
    failed = [command for command in commands if not _succeeds(command, environment)]
    took = f"{time.monotonic() - start:.0f} s"
    if failed:
        return False, f"{part.name}: FAILED ({took}): {'; '.join(' '.join(one[:3]) for one in failed)}"
    return True, f"{part.name}: passed ({took})"


def _succeeds(command: list[str], environment: dict[str, str]) -> bool:
    print("$", " ".join(command[:6]), "…" if len(command) > 6 else "", flush=True)
    program, *arguments = command
    return subprocess.run([BIN / program, *arguments], cwd=TOP, env=environment).returncode == 0


def _checks() -> list[list[str]]:
    templates = [str(path.relative_to(TOP)) for path in sorted((TOP / "templates").rglob("*.html"))]
    return [
        ["ruff", "format", "--check", *SOURCES],
        ["ruff", "check", *SOURCES],
        ["mypy", *SOURCES],
        ["djade", "--check", "--target-version", "5.2", *templates],
        ["python", "manage.py", "check", "--fail-level", "WARNING"],
        ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
        ["python", "-m", "tests.bandit"],
        ["python", "-m", "tests.audit"],
    ]


def _translations() -> list[list[str]]:
    if not all(map(shutil.which, ("xgettext", "msgmerge", "msguniq", "msgattrib"))):
        raise Missing("no gettext tools (apt-get install gettext)")
    return [["python", "-m", "tests.messages"]]


def _servers() -> dict[str, str]:
    try:
        return {"TEST_DATABASE_URL": find_postgres(), "TEST_REDIS_URL": find_redis()}
    except LookupError as reason:
        raise Missing(str(reason)) from reason


def _with(find: Callable[[], object], marker: str) -> list[list[str]]:
    """Tests that start programs of their own."""
    try:
        find()
    except LookupError as reason:
        raise Missing(str(reason)) from reason
    return [[*PYTEST, "-m", marker]]


def _browser() -> list[list[str]]:
    _need_chromium()
    return [[*PYTEST, *WORKERS, "-m", "browser"]]


def _browser_and_queue() -> list[list[str]]:
    """Pages that show what real workers do."""
    _need_chromium()
    return [[*PYTEST, "-m", "browser and real_queue"]]


def _need_chromium() -> None:
    if chromium() is None:
        raise Missing("no Chromium (apt-get install chromium, or name one in CHROMIUM)")


# Without servers, whatever the caller's environment says; a part adds what it needs.
EMBEDDED = {"TEST_DATABASE_URL": "", "TEST_REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "tests.settings"}
PARTS = [
    Part("check", _checks),
    Part("translations", _translations),
    Part("SQLite", lambda: [[*PYTEST, *WORKERS, "-m", UNIT]]),
    Part("PostgreSQL and Redis", lambda: [[*PYTEST, *WORKERS, "-m", AGAIN, NEEDS_NO_DATABASE]], _servers),
    Part("everything killed", lambda: _with(find_binaries, "own_servers")),
    Part("virus scanner", lambda: _with(find_clamd, "own_clamd")),
    Part("browser", _browser),
    Part("browser and queue", _browser_and_queue, _servers),
]

if __name__ == "__main__":
    sys.exit(main())
