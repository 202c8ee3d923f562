"""Runs several programs as one: started together, ended together, none left behind."""

import ctypes
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from types import FrameType

SECONDS_TO_END = 12
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)  # loaded here, since little may be done between fork and exec


def supervise(programs: Mapping[str, list[str]], *, main: str, when_started: Callable[[], None]) -> int:
    """Run until interrupted or until `main` ends; its exit code, 0 when interrupted.

    `when_started` blocks until `main` answers; only then the others start, so that they do not slow it down.
    They are started again whenever they end.
    """
    stopping, started = threading.Event(), threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    def wait_for_start() -> None:
        when_started()
        started.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = {main: _start(programs[main])}
    threading.Thread(target=wait_for_start, daemon=True).start()
    try:
        while not stopping.wait(0.2):
            if (code := running[main].poll()) is not None:
                return code
            if started.is_set():
                _keep_running(programs, running)
        return 0
    finally:
        _end(running.values())


def _keep_running(programs: Mapping[str, list[str]], running: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, command in programs.items():
        process = running.get(name)
        if process is None:
            running[name] = _start(command)
        elif process.poll() is not None:
            print(f"The {name} ended ({process.returncode}); it is started again.", file=sys.stderr)
            time.sleep(1)
            running[name] = _start(command)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and each program is asked to end exactly once.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603


def _die_with_parent() -> None:
    """On Linux, a program whose supervisor is killed is asked to end by the kernel."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    processes = [process for process in processes if process.poll() is None]
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
