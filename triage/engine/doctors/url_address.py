"""An API address in its parts, and what is known of the one who asks about it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from .client_forms import ClientForm

_LOOPBACK = ("localhost", "127.0.0.1", "0.0.0.0", "::1")  # noqa: S104 - compared with, never bound
_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
_INTERNAL = (".local", ".internal", ".lan", ".svc", ".home")
_IP = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3}){3}|.*:.*)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """`called` is the path that reached the server (or is wanted), "" where unknown."""

    called: str
    form: ClientForm
    key: str
    model: str
    in_container: bool

    @property
    def wants_embeddings(self) -> bool:
        return self.called.endswith("/embeddings") or "embed" in self.model.lower()


@dataclass(frozen=True, slots=True)
class Address:
    """`port` carries its colon; `path` has no trailing slash."""

    scheme: str
    host: str
    port: str
    path: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{self.port}{self.path}"

    def with_path(self, path: str) -> "Address":
        return Address(self.scheme, self.host, self.port, path)

    @property
    def is_local(self) -> bool:
        return self.host in _LOOPBACK or self.host.startswith("127.")

    @property
    def is_azure(self) -> bool:
        return self.host.endswith(_AZURE)

    @property
    def is_public_name(self) -> bool:
        """A name on the public internet, at the usual port."""
        named = "." in self.host and not self.port and not self.host.endswith(_INTERNAL)
        return named and not _IP.match(self.host)


def split(url: str) -> Address | None:
    """None where no host can be read."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if not host:
        return None
    return Address(
        parts.scheme, host, f":{port}" if port else "", re.sub(r"//+", "/", parts.path).rstrip("/")
    )


def path_of(endpoint: str | None) -> str:
    """The path of an endpoint given as a path, a URL or `POST /path`; no query, no trailing slash."""
    words = (endpoint or "")[:500].split()
    text = words[-1] if words else ""
    if "://" in text:
        text = "/" + text.split("://", 1)[1].partition("/")[2]
    return text.partition("?")[0].rstrip("/")
