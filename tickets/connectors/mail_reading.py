"""From the bytes of a mail (RFC 5322, or what calls itself so) to what the desk needs of it. Never raises."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from hashlib import sha256
from typing import Any

from triage.engine.decode import decode

from .html_text import MOST_CHARS as MOST_CHARS_OF_HTML
from .html_text import text_of_html
from .mail_headers import Headers, address_in, decoded, first, headers_of, ids_in, text_of

MOST_BYTES = 30 * 1024 * 1024  # of a mail; the rest is not looked at
MOST_CHARS = 1_000_000  # of its text; what is stored is less still
MOST_FILE_BYTES = 2 * 1024 * 1024
MOST_PARTS = 200
MOST_DEPTH = 12
TEXT_FILES = (
    ".txt",
    ".log",
    ".json",
    ".jsonl",
    ".har",
    ".xml",
    ".yaml",
    ".yml",
    ".csv",
    ".md",
    ".out",
    ".http",
)
_TEXT_TYPES = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|yaml|x-ndjson|x-yaml|http)$")
_FOR_BROWSERS = re.compile(
    r"(?i)\bhtml\b.{0,60}\b(?:view|e-?mail|client|reader|browser)|(?:view|open).{0,60}\bhtml\b"
)


@dataclass(frozen=True, slots=True)
class File:
    """Something attached. `text` is None where it is no text, or is not to be kept: then `why_not` says so."""

    name: str
    media_type: str
    text: str | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A report of a mail server about a letter (RFC 3464): what became of it, for whom, and in what words."""

    action: str = ""
    recipient: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `references` are the ids it answers, the nearest first; `original_ids` those of a returned letter."""

    headers: Headers
    message_id: str
    sender: str
    sender_name: str
    subject: str
    references: tuple[str, ...]
    text: str
    files: tuple[File, ...] = ()
    returned: Returned | None = None
    original_ids: tuple[str, ...] = ()
    size: int = 0
    is_cut: bool = False


@dataclass(slots=True)
class _Parts:
    """What is gathered on the way through the parts of a mail."""

    texts: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    returned: Returned | None = None
    originals: list[str] = field(default_factory=list)
    seen: int = 0
    html_left: int = MOST_CHARS_OF_HTML
    is_cut: bool = False

    def apart(self) -> "_Parts":
        """For parts that are looked at by themselves; `count` takes over what they used up."""
        return _Parts(seen=self.seen, html_left=self.html_left)

    def count(self, own: "_Parts") -> None:
        self.seen, self.html_left = own.seen, own.html_left
        self.is_cut = self.is_cut or own.is_cut

    def text_of_page(self, page: str) -> str:
        """Pages of one mail share one bound: hostile markup takes seconds for each."""
        taken = page[: self.html_left]
        self.html_left -= len(taken)
        self.is_cut = self.is_cut or len(taken) < len(page)
        return text_of_html(taken)


def read_mail(raw: bytes) -> Mail:
    """Read it. What the standard library cannot take apart is read as one plain text."""
    head = raw[:MOST_BYTES]
    headers = headers_of(head)
    parts = _Parts()
    try:
        _read_part(email.message_from_bytes(head, policy=email.policy.compat32), parts, depth=0)
    except Exception:  # a broken mail makes the library raise what it likes; the words must still arrive
        parts = _Parts(texts=[decode(head.partition(b"\n\n")[2] or head).text])
    name, sender = _sender(headers)
    text = "\n\n".join(filter(None, (part.strip("\n") for part in parts.texts)))
    return Mail(
        headers=headers,
        message_id=_message_id(headers, text),
        sender=sender,
        sender_name=name,
        subject=decoded(first(headers, "subject")),
        references=tuple(dict.fromkeys(_references(headers))),
        text=text[:MOST_CHARS],
        files=tuple(parts.files),
        returned=parts.returned,
        original_ids=tuple(dict.fromkeys(parts.originals)),
        size=len(raw),
        is_cut=parts.is_cut or len(raw) > MOST_BYTES or len(text) > MOST_CHARS,
    )


def _read_part(part: Message, into: _Parts, *, depth: int) -> None:
    into.seen += 1
    if into.seen > MOST_PARTS or depth > MOST_DEPTH:
        return
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        _read_alternatives(part, into, depth=depth)
    elif kind == "message/delivery-status":
        _read_report(part, into)
    elif kind in ("message/rfc822", "message/global"):
        _read_enclosed(part, into, depth=depth)
    elif part.is_multipart():
        for inner in _inner(part):
            _read_part(inner, into, depth=depth + 1)
    else:
        _read_leaf(part, kind, into)


def _read_alternatives(part: Message, into: _Parts, *, depth: int) -> None:
    """The plain one, or text of the HTML one where plain says nothing."""
    choices: list[tuple[str, list[str]]] = []
    for inner in _inner(part):
        own = into.apart()
        _read_part(inner, own, depth=depth + 1)
        into.count(own)
        into.files += own.files
        if any(text.strip() for text in own.texts):
            choices.append((inner.get_content_type(), own.texts))
    plain = [texts for kind, texts in choices if kind == "text/plain" and _says_something(texts)]
    others = [texts for kind, texts in choices if kind != "text/plain"]
    into.texts += next(iter([*plain, *others, *(texts for _, texts in choices)]), [])


def _says_something(texts: list[str]) -> bool:
    text = " ".join(texts).strip()
    return not (len(text) < 300 and _FOR_BROWSERS.search(text))


def _read_report(part: Message, into: _Parts) -> None:
    blocks = [headers_of(_headers_again(inner)) for inner in _inner(part)]
    told = next((block for block in blocks if "action" in block), {})
    into.returned = Returned(
        action=first(told, "action").lower(),
        recipient=(first(told, "final-recipient") or first(told, "original-recipient"))
        .rpartition(";")[2]
        .strip(),
        said=" ".join(filter(None, (first(told, "status"), decoded(first(told, "diagnostic-code"))))),
    )
    lines = [f"{name}: {value}" for block in blocks for name, values in block.items() for value in values]
    into.files.append(File("delivery-status", "message/delivery-status", "\n".join(lines)))


def _read_enclosed(part: Message, into: _Parts, *, depth: int) -> None:
    """A mail within the mail: forwarded, or sent back."""
    for inner in _inner(part):
        headers = headers_of(_headers_again(inner))
        into.originals += [one for value in headers.get("message-id", ()) for one in ids_in(value)]
        own = into.apart()
        _read_part(inner, own, depth=depth + 1)
        into.count(own)
        into.originals += own.originals
        lines = [f"{name}: {decoded(first(headers, name.lower()))}" for name in ("From", "Date", "Subject")]
        into.files.append(File("mail", "message/rfc822", "\n\n".join(["\n".join(lines), *own.texts])))
        into.files += own.files


def _read_leaf(part: Message, kind: str, into: _Parts) -> None:
    name = decoded(str(part.get_filename("") or part.get_param("name", "") or ""))
    attached = part.get_content_disposition() == "attachment" or bool(name)
    if kind in ("text/plain", "text/html") and not attached:
        text = text_of(_content(part), str(part.get_content_charset("") or ""))
        into.texts.append(
            into.text_of_page(text) if kind == "text/html" else _unflowed(part, _line_ends(text))
        )
    elif kind.startswith("multipart/"):
        into.texts.append(_line_ends(text_of(_content(part))))  # its boundary stands nowhere
    elif kind == "text/rfc822-headers":
        headers = headers_of(_content(part) + b"\n\n")
        into.originals += [one for value in headers.get("message-id", ()) for one in ids_in(value)]
    elif kind != "application/pgp-signature":
        into.files.append(File(name or kind, kind, _text_of_file(part, name, kind, into)))


def _text_of_file(part: Message, name: str, kind: str, into: _Parts) -> str | None:
    if not (name.lower().endswith(TEXT_FILES) or _TEXT_TYPES.match(kind)) or kind == "text/calendar":
        return None
    raw = _content(part)[:MOST_FILE_BYTES]
    if "binary" in decode(raw).notes:
        return None
    text = text_of(raw, str(part.get_content_charset("") or ""))
    return into.text_of_page(text) if kind == "text/html" else _line_ends(text)


def _unflowed(part: Message, text: str) -> str:
    """Lines that the sender's program broke (RFC 3676) whole again; a body in JSON would not be JSON otherwise."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    glue = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    open_line = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")  # stuffed
        if open_line and not line.startswith(">") and line != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
        open_line = lines[-1].endswith(" ") and lines[-1] != "-- " and not lines[-1].startswith(">")
        if open_line:
            lines[-1] = lines[-1][:-1] + glue
    return "\n".join(lines)


def _inner(part: Message) -> Iterator[Message]:
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        yield from payload


def _content(part: Message) -> bytes:
    content: Any = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _headers_again(part: Message) -> bytes:
    lines = [
        f"{name}: {str(value).replace(chr(10), ' ').replace(chr(13), ' ')}" for name, value in part.items()
    ]
    return "\n".join(lines).encode("utf-8", "surrogateescape") + b"\n\n"


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sender(headers: Headers) -> tuple[str, str]:
    for name in ("from", "sender", "reply-to", "return-path"):
        shown, address = address_in(first(headers, name))
        if address:
            return shown, address
    return "", ""


def _references(headers: Headers) -> Iterator[str]:
    yield from (one for value in headers.get("in-reply-to", ()) for one in ids_in(value))
    yield from reversed([one for value in headers.get("references", ()) for one in ids_in(value)])


def _message_id(headers: Headers, text: str) -> str:
    """Its own, or one made of what says that two deliveries are one mail."""
    own = next(ids_in(first(headers, "message-id")), "") or first(headers, "message-id").strip("<> ")
    if own and len(own) <= 250:
        return own
    parts = [own, *(first(headers, name) for name in ("from", "date", "subject")), text]
    return f"{sha256(repr(parts).encode('utf-8', 'replace')).hexdigest()[:40]}@made-here"
