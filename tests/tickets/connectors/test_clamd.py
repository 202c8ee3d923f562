"""What a scanner may do instead of answering: none of it lets a file through, and nothing waits for ever."""

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.tickets.management.commands.test_run import free_port
from tickets.connectors import clamd
from tickets.connectors.clamd import NotScanned, is_awake, scan

Talk = Callable[[socket.socket], None]


@contextmanager
def scanner_that(talks: Talk) -> Iterator[tuple[str, int]]:
    """A server on loopback that says what a test tells it to."""

    class Session(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the other side had enough
                talks(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield ("127.0.0.1", server.server_address[1])
        finally:
            server.shutdown()


def says(answer: bytes) -> Talk:
    """Once the whole file is there."""

    def talk(line: socket.socket) -> None:
        read(line)
        line.sendall(answer)

    return talk


def read(line: socket.socket) -> bytes:
    with line.makefile("rb") as words:
        assert words.read(10) == b"zINSTREAM\0"
        data = b""
        while length := int.from_bytes(words.read(4), "big"):
            data += words.read(length)
    return data


def hangs(line: socket.socket) -> None:
    read(line)
    line.recv(1)  # until the other side is gone


def reads_nothing(line: socket.socket) -> None:
    time.sleep(1)


def dribbles(line: socket.socket) -> None:
    read(line)
    while True:
        line.sendall(b"s")
        time.sleep(0.05)


def never_ends(line: socket.socket) -> None:
    read(line)
    while True:
        line.sendall(b"stream: OK" * 1000)


def test_the_file_arrives_whole_in_pieces():
    arrived: list[bytes] = []

    def talk(line: socket.socket) -> None:
        arrived.append(read(line))
        line.sendall(b"stream: OK\0")

    data = bytes(range(256)) * 1000
    with scanner_that(talk) as address:
        assert scan(address, data) == ""

    assert arrived == [data]


def test_what_was_found_is_named():
    with scanner_that(says(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")) as address:
        assert scan(address, b"x") == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"stream: OK",  # broken off: who knows what would have come
        b"stream: NOT OK\0",
        b"stream: OK\0stream: Bad FOUND",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_any_other_answer_is_none(answer: bytes):
    with scanner_that(says(answer)) as address, pytest.raises(NotScanned):
        scan(address, b"x")


@pytest.mark.parametrize("talks", [hangs, reads_nothing, dribbles, never_ends])
def test_nobody_waits_longer_than_the_limit(talks: Talk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clamd, "SECONDS", 0.3)
    start = time.monotonic()

    with scanner_that(talks) as address, pytest.raises(NotScanned):
        scan(address, b"x" * 5_000_000)

    assert time.monotonic() - start < 2


def test_a_line_that_breaks_while_the_file_goes_over_it_is_no_answer():
    with scanner_that(lambda line: line.close()) as address, pytest.raises(NotScanned):
        scan(address, b"x" * 5_000_000)


def test_nobody_at_the_address(tmp_path):
    for address in (("127.0.0.1", free_port()), str(tmp_path / "no.ctl")):
        assert not is_awake(address)
        with pytest.raises(NotScanned):
            scan(address, b"x")
