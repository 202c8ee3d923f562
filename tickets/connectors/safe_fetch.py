"""Reading a public address that somebody typed in, without being led into the own network.

Only https to public addresses, unless the caller allows internal ones. The name is looked up here, and the connection
goes to the very address that was checked; each redirect is checked anew. Time and size are bounded.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

MOST_BYTES = 2 * 1024 * 1024
SECONDS = 15.0
MOST_REDIRECTS = 3
HEADERS = [("Accept", "application/json"), ("Accept-Encoding", "identity"), ("User-Agent", "triage-desk")]
_REDIRECTS = (301, 302, 303, 307, 308)


class NotFetched(Exception):
    """The message says why, and holds nothing of what was answered."""


class TooSlow(NotFetched):
    """Nothing, or not all of it, came in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    leads_to: str = ""  # where a redirect points


def fetch(
    address: str, *, internal: bool = False, most_bytes: int = MOST_BYTES, seconds: float = SECONDS
) -> bytes:
    """The body of what is answered with 200, after a few redirects at most. Raises NotFetched."""
    end = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        left = max(0.1, end - time.monotonic())
        answer = call("GET", address, internal=internal, most_bytes=most_bytes, seconds=left)
        if answer.leads_to:
            address = answer.leads_to
        elif answer.status == 200:
            return answer.body
        else:
            raise NotFetched(f"The page answered {answer.status}.")
    raise NotFetched("The page leads from one address to the next.")


def call(
    method: str,
    address: str,
    *,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes | None = None,
    internal: bool = False,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
) -> Answer:
    """One request, whatever is answered; a redirect is not followed. Raises NotFetched where nothing is."""
    refuse_unfit(address, internal=internal)
    backend = _CheckedBackend(internal=internal)
    with httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=backend) as pool:
        try:
            return _answer(pool, (method, address, [*HEADERS, *headers], body), most_bytes, seconds)
        except httpcore.TimeoutException:
            raise TooSlow("It did not answer in time.") from None
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as problem:
            raise NotFetched(f"It cannot be reached ({type(problem).__name__}).") from problem


def refuse_unfit(address: str, *, internal: bool) -> None:
    """Of the address alone. Raises NotFetched."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (internal and parts.scheme == "http"):
        raise NotFetched("Only addresses with https:// are read.")
    if not parts.hostname or parts.username is not None:
        raise NotFetched("The address names no host, or carries a name and password.")


def _answer(
    pool: httpcore.ConnectionPool,
    request: tuple[str, str, list[tuple[str, str]], bytes | None],
    most_bytes: int,
    seconds: float,
) -> Answer:
    method, address, headers, body = request
    end = time.monotonic() + seconds
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    with pool.stream(
        method, address, headers=headers, content=body, extensions={"timeout": timeout}
    ) as answer:
        told = {name.lower(): value for name, value in answer.headers}
        if answer.status in _REDIRECTS and b"location" in told:
            return Answer(answer.status, b"", urljoin(address, told[b"location"].decode("latin-1")))
        if told.get(b"content-encoding", b"identity") != b"identity":
            raise NotFetched("It answers compressed, though it was asked not to.")
        return Answer(answer.status, b"".join(_within(answer.iter_stream(), most_bytes, end)))


def _within(pieces: Iterable[bytes], most_bytes: int, end: float) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most_bytes:
            raise NotFetched(f"It answers more than {most_bytes} bytes.")
        if time.monotonic() > end:
            raise TooSlow("It did not answer in time.")
        yield piece


class _CheckedBackend(httpcore.SyncBackend):
    def __init__(self, *, internal: bool) -> None:
        self._internal = internal

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self._internal and not all(map(_is_public, found)):
            raise NotFetched("The address leads into an internal network.")
        for address in found[:-1]:
            try:
                return super().connect_tcp(address, port, *args, **kwargs)
            except httpcore.ConnectError:
                continue
        return super().connect_tcp(found[-1], port, *args, **kwargs)


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address)
    if isinstance(number, ipaddress.IPv6Address):
        number = number.ipv4_mapped or number.sixtofour or number
    return number.is_global and not number.is_multicast
