"""PostgreSQL and Redis of a test's own, on free ports of loopback: to be killed, and started again on the same data."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from tests.plumbing import wait_until

POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/bin",
)
SOON = 20  # seconds that a server may take until it answers


def find_binaries() -> tuple[Path, Path]:
    """The folder of PostgreSQL's programs, and the one program of Redis. LookupError says what is missing."""
    redis = shutil.which("redis-server")
    if redis is None:
        raise LookupError("no redis-server to start one of our own (apt-get install redis-server)")
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in POSTGRES_FOLDERS:
        folders += sorted(Path("/").glob(pattern[1:]), key=_version, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder, Path(redis)
    raise LookupError("no initdb to start a PostgreSQL of our own (apt-get install postgresql)")


@contextlib.contextmanager
def own_servers(postgres_port: int, redis_port: int) -> Iterator[tuple["OwnPostgres", "OwnRedis"]]:
    """Both of them, running; at the end they and their data are gone."""
    programs, redis_program = find_binaries()
    with tempfile.TemporaryDirectory(prefix="own-servers-", ignore_cleanup_errors=True) as folder:
        postgres = OwnPostgres(programs, Path(folder) / "postgres", postgres_port)
        redis = OwnRedis(redis_program, redis_port)
        try:
            Path(folder).chmod(0o755)  # so that the user of PostgreSQL gets to its own folder
            postgres.create()
            postgres.start()
            redis.start()
            yield postgres, redis
        finally:
            postgres.kill()
            redis.kill()


class OwnPostgres:
    """Killed like by a failing machine: the server and all that work for it, at once, with nothing written back."""

    def __init__(self, programs: Path, data: Path, port: int) -> None:
        self._programs, self._data, self._port = programs, data, port
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def create(self) -> None:
        self._data.mkdir(mode=0o700)
        if identity := _unprivileged():
            os.chown(self._data, identity["user"], identity["group"])
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        command = [str(self._programs / "initdb"), "-D", str(self._data), *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **_unprivileged())

    def start(self) -> None:
        settings = {"port": self._port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [str(self._programs / "postgres"), "-D", str(self._data), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **_unprivileged(),
        )
        wait_until(self._answers, seconds=SOON)

    def kill(self) -> None:
        if self._process is None:
            return
        for pid in (self._process.pid, *_children(self._process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def value(self, query: str) -> Any:
        """Of the first row; over a connection of its own, since the last server may be gone."""
        with psycopg.connect(self.url, connect_timeout=2) as connection:
            row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None

    def _answers(self) -> bool:
        try:
            return bool(self.value("SELECT true"))
        except psycopg.OperationalError:
            return False


class OwnRedis:
    """Keeps nothing on disk: killed, everything that it knew is gone."""

    def __init__(self, program: Path, port: int) -> None:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._command = [str(program), *options]
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{port}/0"

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, cwd="/")
        wait_until(self._answers, seconds=SOON)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url, socket_connect_timeout=1) as redis:
                return bool(redis.ping())
        except RedisError:
            return False


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made, else as nobody."""
    if os.geteuid() != 0:
        return {}
    names = {each.pw_name: each for each in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _children(pid: int) -> list[int]:
    """The server's processes lead sessions of their own, so no group holds them."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True)
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


def _version(folder: Path) -> list[int]:
    digits = "".join(letter if letter.isdigit() else " " for letter in str(folder))
    return [int(number) for number in digits.split()]
