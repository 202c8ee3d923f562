from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tickets.models import Person
from tickets.services.demo import refuse_demo_people
from tickets.services.invitation import address_of, invite_first_admin
from tickets.services.search.form import are_renewed

LOCK = 0x7121A6E  # any number that nothing else locks


class Command(BaseCommand):
    help = "Bring database, catalogue and static files up to date. Quick when they are; safe to run twice."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone():
            if _migrations_wait():
                call_command("migrate", interactive=False, verbosity=0)
            call_command("load_catalogue", verbosity=0)
            call_command("index_search", missing=True, verbosity=0)
            if not are_renewed():
                self.stdout.write(
                    "Older tickets are not found by everything until manage.py index_search has run."
                )
            if not Person.objects.exists():
                self._open_first_accounts()
            refuse_demo_people()
        _collect_static_files()

    def _open_first_accounts(self) -> None:
        if settings.DEMO:
            call_command("create_demo", stdout=self.stdout)
        else:
            link = address_of(invite_first_admin())
            self.stdout.write(
                f"Nobody can sign in yet. The first admin joins here, once, within a week:\n  {link}"
            )


@contextmanager
def _alone() -> Iterator[None]:
    """On PostgreSQL, two servers that start at once prepare one after the other."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static_files() -> None:
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    """Changes when any source file is added, removed or written."""
    state = sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            state.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return state.hexdigest()
