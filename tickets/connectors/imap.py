"""A mailbox at an IMAP server: what is new in it, each mail's bytes, and setting a mail aside once it is stored."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from triage.environment import Mailbox

from .mail_reading import MOST_BYTES

TIMEOUT = 15  # seconds for each answer of the server
_BODY = re.compile(rb"BODY\[\]")


class Unreachable(Exception):
    """The mailbox cannot be read. Says at which step and what the server answered, never with the password."""


@dataclass(frozen=True, slots=True)
class Folder:
    """An opened folder. `next_uid` is what the next mail to come will be numbered at least."""

    server: imaplib.IMAP4
    move_to: str
    validity: int
    next_uid: int

    def waiting(self, *, after: int) -> list[int]:
        """The uids to take in, in order: unread ones, and those that came after `after`, read or not.

        Where mail is moved away, everything that is still there.
        """
        if self.move_to:
            return self._search("ALL")
        newer = [uid for uid in self._search(f"UID {after + 1}:*") if uid > after]
        return sorted({*self._search("UNSEEN"), *newer})

    def fetch(self, uid: int) -> bytes | None:
        """The mail as it was delivered, without marking it; None where it is gone."""
        answer = _said(
            self.server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)"), "fetch a mail"
        )
        pieces = [part for part in answer if isinstance(part, tuple) and _BODY.search(part[0])]
        return pieces[0][1] if pieces else None

    def set_aside(self, uid: int) -> None:
        """It is stored: mark it as read, or move it to where taken-in mail goes."""
        one = str(uid)
        if not self.move_to:
            _said(self.server.uid("STORE", one, "+FLAGS.SILENT", r"(\Seen)"), "mark a mail")
        elif "MOVE" in self.server.capabilities:
            _said(self.server.uid("MOVE", one, _quoted(self.move_to)), f"move a mail to {self.move_to}")
        else:
            _said(self.server.uid("COPY", one, _quoted(self.move_to)), f"copy a mail to {self.move_to}")
            _said(self.server.uid("STORE", one, "+FLAGS.SILENT", r"(\Seen \Deleted)"), "mark a mail")
            _said(self.server.expunge(), "clear moved mail away")

    def _search(self, what: str) -> list[int]:
        found = _said(self.server.uid("SEARCH", what), "search")
        return sorted(int(word) for part in found if isinstance(part, bytes) for word in part.split())


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Folder]:
    """Sign in and open the folder. Every trouble on the way, also inside the block, is Unreachable."""
    server: imaplib.IMAP4 | None = None
    try:
        server = _connected(mailbox)
        server.login(mailbox.user, mailbox.password)
        if mailbox.move_to:
            server.create(_quoted(mailbox.move_to))  # says NO where it is there already
        _said(server.select(_quoted(mailbox.folder)), f"open {mailbox.folder}")
        yield Folder(server, mailbox.move_to, _number(server, "UIDVALIDITY"), _number(server, "UIDNEXT"))
    except imaplib.IMAP4.abort as problem:
        raise Unreachable(f"The connection to {mailbox.host} broke ({problem}).") from None
    except imaplib.IMAP4.error as problem:
        raise Unreachable(str(problem).removeprefix("b").strip("'\"")) from None
    except (OSError, EOFError) as problem:  # TLS and time-outs are among them
        raise Unreachable(f"{mailbox.host}:{mailbox.port} cannot be reached ({_plain(problem)}).") from None
    finally:
        if server is not None:
            with suppress(imaplib.IMAP4.error, OSError, EOFError):
                server.logout()
            with suppress(OSError):
                server.shutdown()  # a line that broke leaves the socket open


def _connected(mailbox: Mailbox) -> imaplib.IMAP4:
    if mailbox.implicit_tls:
        return imaplib.IMAP4_SSL(
            mailbox.host, mailbox.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT
        )
    server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT)
    if mailbox.start_tls:
        server.starttls(ssl_context=ssl.create_default_context())
    return server


def _plain(problem: OSError | EOFError) -> str:
    return getattr(problem, "strerror", None) or str(problem) or type(problem).__name__


def _number(server: imaplib.IMAP4, name: str) -> int:
    """What the server said when the folder was opened; 0 where it does not say."""
    _, values = server.response(name)
    value = values[-1] if values else None
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _said(answer: tuple[str, Any], step: str) -> list[Any]:
    status, data = answer
    if status != "OK":
        words = b" ".join(part for part in data if isinstance(part, bytes)).decode("utf-8", "replace")
        raise Unreachable(f"The server would not {step}: {status} {words}".strip())
    return [part for part in data if part is not None]


def _quoted(folder: str) -> str:
    """As IMAP names folders: quoted, and in its own UTF-7 where it is not ASCII."""
    name = folder if folder.isascii() else _utf7(folder)
    return '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))


def _utf7(name: str) -> str:
    pieces = re.split(r"([^\x20-\x7e]+)", name)
    return "".join(
        piece.replace("&", "&-") if at % 2 == 0 else _shifted(piece) for at, piece in enumerate(pieces)
    )


def _shifted(piece: str) -> str:
    coded = base64.b64encode(piece.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{coded}-"
