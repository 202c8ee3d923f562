import http.client
import socket
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from triage.programs import SERVE, worker
from triage.supervise import supervise


class Command(BaseCommand):
    help = "Prepare everything, then run web server and worker together until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        _require_free_port()
        call_command("prepare", stdout=self.stdout)
        connections.close_all()
        programs = {"web server": SERVE}
        if settings.REDIS_URL:
            programs["worker"] = worker()
        code = supervise(programs, main="web server", when_started=self._announce)
        self.stdout.write("The desk is closed.")
        sys.exit(code)

    def _announce(self) -> None:
        while not _answers():
            time.sleep(0.1)
        self.stdout.write(f"The desk is open at {settings.BASE_URL}/  (Ctrl-C ends it)")
        self.stdout.flush()


def _require_free_port() -> None:
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as problem:
            raise CommandError(
                f"Cannot listen on {settings.HOST}, port {settings.PORT} ({problem.strerror}). "
                f"Choose another port: PORT={settings.PORT + 1} make run"
            ) from problem


def _answers() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104 # compared only
    ours = http.client.HTTPConnection(host, settings.PORT, timeout=2)
    try:
        ours.request("GET", "/healthz", headers={"Host": "localhost"})
        return ours.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        ours.close()
