"""A ClamAV of a test's own: a free port and a socket file, and no signatures but of two harmless texts."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.plumbing import wait_until
from tickets.connectors.clamd import is_awake

MARK = b"This text harms nobody: it is what the tests of the triage desk look for."
# The usual trial of scanners, put together here so that no scanner takes this file away.
EICAR = b"".join((rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*"))
MOST_MEGABYTES = 1  # of what it reads; less than the desk takes, so that a file can be too large for it alone


def find_clamd() -> Path:
    """LookupError says what is missing."""
    found = shutil.which(
        "clamd", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    )
    if found is None:
        raise LookupError("no clamd (apt-get install clamav-daemon)")
    return Path(found)


@contextmanager
def own_clamd(port: int) -> Iterator["OwnClamd"]:
    """Running; at the end it and its folder are gone."""
    program = find_clamd()
    with tempfile.TemporaryDirectory(prefix="own-clamd-") as folder:
        clamd = OwnClamd(program, Path(folder), port)
        try:
            clamd.start()
            yield clamd
        finally:
            clamd.stop()


class OwnClamd:
    def __init__(self, program: Path, folder: Path, port: int) -> None:
        self.on_port, self.on_socket = ("127.0.0.1", port), str(folder / "clamd.ctl")
        self._process: subprocess.Popen[bytes] | None = None
        signatures = folder / "signatures"
        signatures.mkdir()
        named = {"Mark": MARK, "Eicar": EICAR}
        lines = [f"Desk.Test.{name}:0:*:{text.hex()}\n" for name, text in named.items()]
        (signatures / "desk.ndb").write_text("".join(lines))
        settings = {
            "Foreground": "yes",
            "DatabaseDirectory": signatures,
            "TemporaryDirectory": folder,
            "LocalSocket": self.on_socket,
            "TCPAddr": "127.0.0.1",
            "TCPSocket": port,
            "StreamMaxLength": f"{MOST_MEGABYTES}M",
        }
        config = folder / "clamd.conf"
        config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        self._command = [str(program), "--config-file", str(config)]

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: is_awake(self.on_port) and is_awake(self.on_socket))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
