"""Runs several programs as one: started together, ended together, none left behind."""

import ctypes
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from types import FrameType

SECONDS_TO_END = 12
PR_SET_PDEATHSIG = 1


def supervise(programs: Mapping[str, list[str]], *, main: str, when_started: Callable[[], None]) -> int:
    """Run until interrupted or until `main` ends; its exit code, 0 when interrupted. Others are restarted."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = {name: _start(command) for name, command in programs.items()}
    threading.Thread(target=when_started, daemon=True).start()
    try:
        return _watch(running, programs, main, stopping)
    finally:
        _end(running.values())


def _watch(
    running: dict[str, subprocess.Popen[bytes]],
    programs: Mapping[str, list[str]],
    main: str,
    stopping: threading.Event,
) -> int:
    while not stopping.wait(0.2):
        for name, process in running.items():
            if process.poll() is None:
                continue
            if name == main:
                return process.returncode
            print(f"The {name} ended ({process.returncode}); starting it again.", file=sys.stderr)
            stopping.wait(1)
            running[name] = _start(programs[name])
    return 0


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and each program is asked to end exactly once.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603


def _die_with_parent() -> None:
    """On Linux, a program whose supervisor is killed is asked to end by the kernel."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


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
