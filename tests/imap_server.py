"""A small IMAP server on loopback with one account, for tests: real sockets, folders in memory."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from triage.environment import Mailbox

_LINE = re.compile(rb"(\S+) (?:(UID) )?(\S+) ?(.*)")


@dataclass
class Stored:
    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer(socketserver.ThreadingTCPServer):
    """`hang_up_at` names a command at which it drops the line, once; `stall_at` one that it never answers, once."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.folders: dict[str, list[Stored]] = {"INBOX": []}
        self.password = "open sesame"
        self.validity = 7
        self.next_uid = 1
        self.can_move = True
        self.hang_up_at = self.stall_at = ""
        self.stalled = threading.Event()
        self.commands: list[str] = []

    def deliver(self, *mails: bytes, flags: str = "") -> None:
        for raw in mails:
            self.folders["INBOX"].append(Stored(self.next_uid, raw, set(flags.split())))
            self.next_uid += 1

    def mailbox(self, **more: object) -> Mailbox:
        host, port = self.server_address[:2]
        plain = {"implicit_tls": False, "start_tls": False}
        return Mailbox(str(host), int(port), "desk", self.password, **{**plain, **more})  # type: ignore[arg-type]

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        return [mail.flags for mail in self.folders[folder]]


@contextmanager
def running_imap_server() -> Iterator[ImapServer]:
    with ImapServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Session(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self._say("* OK ready")
        self.folder: list[Stored] = []
        for line in self.rfile:
            found = _LINE.match(line.strip())
            if found is None:
                return
            tag, name, rest = found[1].decode(), found[3].decode().upper(), found[4].decode()
            self.server.commands.append(name)
            if name == self.server.hang_up_at:
                self.server.hang_up_at = ""
                return
            if name == self.server.stall_at:
                self.server.stall_at = ""
                self.server.stalled.set()
                self.rfile.read()  # until the other side is gone
                return
            answer = getattr(self, f"_{name.lower()}")(rest)
            self._say(f"{tag} {answer or 'OK done'}")
            if name == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def _capability(self, rest: str) -> None:
        self._say(f"* CAPABILITY IMAP4rev1{' MOVE' if self.server.can_move else ''}")

    def _login(self, rest: str) -> str:
        return "" if rest == f'desk "{self.server.password}"' else "NO wrong name or password"

    def _create(self, rest: str) -> str:
        if rest.strip('"') in self.server.folders:
            return "NO it is there"
        self.server.folders[rest.strip('"')] = []
        return ""

    def _select(self, rest: str) -> str:
        if rest.strip('"') not in self.server.folders:
            return "NO no such folder"
        self.folder = self.server.folders[rest.strip('"')]
        self._say(f"* {len(self.folder)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {self.server.validity}] valid")
        self._say(f"* OK [UIDNEXT {self.server.next_uid}] next")
        return "OK [READ-WRITE] open"

    def _search(self, rest: str) -> None:
        if rest == "ALL":
            found = self.folder
        elif rest == "UNSEEN":
            found = [mail for mail in self.folder if "\\Seen" not in mail.flags]
        else:  # as the standard says: `n:*` always holds the last one
            start = int(rest.split()[1].split(":")[0])
            found = [mail for mail in self.folder if mail.uid >= start] or self.folder[-1:]
        self._say(" ".join(["* SEARCH", *(str(mail.uid) for mail in found)]))

    def _fetch(self, rest: str) -> None:
        for mail in self._named(rest):
            head = f"* 1 FETCH (UID {mail.uid} BODY[]<0> {{{len(mail.raw)}}}\r\n"
            self.wfile.write(head.encode() + mail.raw + b")\r\n")

    def _store(self, rest: str) -> None:
        for mail in self._named(rest):
            mail.flags |= set(re.findall(r"\\\w+", rest))

    def _copy(self, rest: str) -> str:
        folder = rest.split(maxsplit=1)[1].strip('"')
        if folder not in self.server.folders:
            return "NO [TRYCREATE] no such folder"
        self.server.folders[folder] += [Stored(mail.uid, mail.raw) for mail in self._named(rest)]
        return ""

    def _move(self, rest: str) -> str:
        gone = self._named(rest)
        answer = self._copy(rest)
        if not answer:
            self.folder[:] = [mail for mail in self.folder if mail not in gone]
        return answer

    def _expunge(self, rest: str) -> None:
        self.folder[:] = [mail for mail in self.folder if "\\Deleted" not in mail.flags]

    def _logout(self, rest: str) -> None:
        self._say("* BYE")

    def _named(self, rest: str) -> list[Stored]:
        return [mail for mail in self.folder if mail.uid == int(rest.split()[0])]
