"""A flood at the public form, on the embedded desk as it is started for one machine:
`python -m tests.performance.flood [SUBMISSIONS]`.

Half of them come from one address, half from as many addresses as there are. Beside them somebody works at the desk.
Prints how many got in and were refused, what the processes' memory grew by, and how long the inbox took before and
meanwhile; the last line is JSON. Fails where something answered with an error, or memory or the inbox left its bounds.
"""

import http.client
import json
import os
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from threading import Event
from urllib.parse import urlencode

from tests.performance.measured import median, p95
from tests.plumbing import TOP, program, wait_until

SENDERS = 6
MOST_GROWTH_MB = 150
MOST_INBOX_MS = 2_000  # p95 while the flood is on
PASSWORD = "correct horse battery staple"
TEXT = "HTTP/1.1 429 Too Many Requests\n" + "flooded " * 200


def main(submissions: int) -> int:
    with tempfile.TemporaryDirectory() as data, _desk(Path(data)) as (port, pid):
        session = _signed_in(port)
        _get(port, "/desk/", session)
        before = [_inbox_ms(port, session) for _ in range(20)]
        _submit(port, Random(0), 0)  # warm
        memory, begun, done = _memory_mb(pid), time.monotonic(), Event()
        with ThreadPoolExecutor(SENDERS + 1) as senders:
            working = senders.submit(_work, port, session, done)
            answers = Counter(senders.map(lambda at: _submit(port, Random(at), at), range(submissions)))
            done.set()
            meanwhile = working.result()
        seconds, grown = time.monotonic() - begun, _memory_mb(pid) - memory
        after = [_inbox_ms(port, session) for _ in range(20)]
    figures = {
        "submissions": submissions,
        "per_s": round(submissions / seconds, 1),
        "taken": answers[302],
        "refused": answers[429],
        "others": submissions - answers[302] - answers[429],
        "memory_growth_mb": round(grown, 1),
        "inbox_before_ms": round(median(before), 1),
        "inbox_meanwhile_ms": round(median(meanwhile), 1),
        "inbox_meanwhile_p95_ms": round(p95(meanwhile), 1),
        "inbox_after_ms": round(median(after), 1),
        "inbox_after_to_before": round(median(after) / median(before), 2),
    }
    print(json.dumps(figures))
    is_well = (
        figures["others"] == 0
        and grown < MOST_GROWTH_MB
        and figures["inbox_meanwhile_p95_ms"] < MOST_INBOX_MS
    )
    return 0 if is_well else 1


@contextmanager
def _desk(data: Path) -> Iterator[tuple[int, int]]:
    port = _free_port()
    env = {
        "PATH": os.environ["PATH"],
        "TRIAGE_DATA_DIR": str(data),
        "TRIAGE_STATIC_ROOT": str(data / "static"),
        "TRIAGE_PROXIES": "1",  # so that X-Forwarded-For says who asks
        "PORT": str(port),
        "DEMO": "0",
        "LOG_LEVEL": "ERROR",
    }
    with program("manage.py", "run", env=env) as process:
        wait_until(lambda: _answers(port), seconds=60)
        _make_agent(env)
        yield port, process.pid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        return _call(port, "GET", "/healthz", None, {})[0] == 200
    except OSError:
        return False


def _make_agent(env: dict[str, str]) -> None:
    code = (
        "from tickets.models import Person;"
        f"Person.objects.create_user('agent@bench.invalid', {PASSWORD!r}, name='Agent', role='agent')"
    )
    with program("manage.py", "shell", "--verbosity", "0", "-c", code, env=env) as process:
        assert process.wait(60) == 0


def _submit(port: int, random: Random, at: int) -> int:
    """One report, as the form sends it with an address to answer to."""
    address = "203.0.113.9" if at % 2 else f"198.51.{random.randrange(256)}.{random.randrange(256)}"
    token = "a" * 32
    body = urlencode(
        {"text": f"{TEXT} {at}", "email": f"flood{at}@client.invalid", "csrfmiddlewaretoken": token}
    )
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={token}",
        "X-Forwarded-For": address,
    }
    return _call(port, "POST", "/report/", body, headers)[0]


def _signed_in(port: int) -> str:
    token = "b" * 32
    body = urlencode({"login": "agent@bench.invalid", "password": PASSWORD, "csrfmiddlewaretoken": token})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={token}"}
    status, cookies = _call(port, "POST", "/accounts/login/", body, headers)
    assert status == 302, status
    return f"sessionid={cookies['sessionid'].value}"


def _work(port: int, session: str, done: Event) -> list[float]:
    taken = []
    while not done.is_set():
        taken.append(_inbox_ms(port, session))
        done.wait(0.1)
    return taken


def _inbox_ms(port: int, session: str) -> float:
    started = time.perf_counter()
    assert _get(port, "/desk/", session) == 200
    return (time.perf_counter() - started) * 1e3


def _get(port: int, path: str, session: str) -> int:
    return _call(port, "GET", path, None, {"Cookie": session})[0]


def _call(
    port: int, method: str, path: str, body: str | None, headers: dict[str, str]
) -> tuple[int, SimpleCookie]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, SimpleCookie(", ".join(answer.headers.get_all("Set-Cookie") or []))
    finally:
        connection.close()


def _memory_mb(pid: int) -> float:
    """Resident memory of the process and all below it."""
    below: dict[int, list[int]] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(each.parent.name))
    waiting, pages = [pid], 0
    while waiting:
        each_pid = waiting.pop()
        waiting += below.get(each_pid, [])
        try:
            pages += int(Path(f"/proc/{each_pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    os.chdir(TOP)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
