"""What keeps tests apart from each other and ties real processes to a test's database."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from redis import Redis

TOP = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
running_test = ""


def cache_key(key: str, prefix: str, version: int) -> str:
    """Each test starts with an empty cache: its name is part of every key, in every thread."""
    test = sha256(running_test.encode()).hexdigest()[:12]  # a name may hold blanks, a key may not
    return f"{prefix}:{test}:{version}:{key}"


def forget_redis() -> None:
    with Redis.from_url(settings.REDIS_URL) as redis:
        for key in redis.scan_iter(f"{settings.REDIS_PREFIX}*"):
            redis.delete(key)


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def wait_until(true: Callable[[], object], *, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"did not become true within {seconds} s")
        time.sleep(0.05)


def product_environment(**more: str) -> dict[str, str]:
    """The environment in which a process of the product works on this test's database and queue."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        url = f"sqlite:///{database['NAME']}"
    else:
        login = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        url = f"postgres://{login}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "triage.settings", **more}


@contextmanager
def program(*arguments: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """`python ARGUMENTS` in a process group of its own; what is left of the group is killed at the end."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=TOP,
            env=env or product_environment(),
            start_new_session=True,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            kill_group(process)
            process.wait()
            output.seek(0)
            print(output.read())  # pytest shows it when the test fails


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 the process and its children, all at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
