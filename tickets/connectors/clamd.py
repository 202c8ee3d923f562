"""A virus scanner that speaks the protocol of ClamAV's clamd: is there anything harmful in these bytes?"""

import socket
import time
from collections.abc import Iterator

from triage.environment import ScannerAddress

SECONDS = 15  # for one file, from the first word to the answer
SECONDS_TO_CONNECT = 2
SECONDS_FOR_A_SIGN_OF_LIFE = 1
PIECE = 64 * 1024
MOST_ANSWERED = 4096  # bytes


class NotScanned(Exception):
    """Nothing is known of the bytes: the scanner is away, too slow, or would not read them. Says which."""


def scan(address: ScannerAddress, data: bytes) -> str:
    """The scanner's name for what is harmful in it, or nothing. Raises NotScanned."""
    said = _ask(address, b"zINSTREAM\0", *_pieces(data), seconds=SECONDS)
    if said == "stream: OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise NotScanned(f"the scanner said {said[:200]!r}")


def is_awake(address: ScannerAddress) -> bool:
    try:
        return _ask(address, b"zPING\0", seconds=SECONDS_FOR_A_SIGN_OF_LIFE) == "PONG"
    except NotScanned:
        return False


def _pieces(data: bytes) -> Iterator[bytes]:
    """Each with its length before it, and an empty one at the end."""
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _ask(address: ScannerAddress, *words: bytes, seconds: float) -> str:
    end = time.monotonic() + seconds
    try:
        with _connected(address, min(seconds, SECONDS_TO_CONNECT)) as line:
            for word in words:
                line.settimeout(_left(end))
                line.sendall(word)
            return _answer(line, end)
    except OSError as problem:  # a time-out is one
        raise NotScanned(problem.strerror or str(problem) or type(problem).__name__) from None


def _connected(address: ScannerAddress, seconds: float) -> socket.socket:
    if not isinstance(address, str):
        return socket.create_connection(address, timeout=seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket, end: float) -> str:
    """Up to its closing zero byte: what breaks off before that is no answer."""
    said = b""
    while not said.endswith(b"\0"):
        line.settimeout(_left(end))
        more = line.recv(MOST_ANSWERED)
        said += more
        if not more or len(said) > MOST_ANSWERED:
            raise NotScanned(f"the scanner broke off after {said[:200]!r}")
    return said[:-1].decode("utf-8", "replace")


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left
