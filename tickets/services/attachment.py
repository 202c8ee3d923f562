"""Files that come with a message: pictures without metadata, texts redacted like every text; nothing else."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from tickets.connectors.clamd import NotScanned
from tickets.models import Attachment, Message, Person, Ticket
from triage.engine.extract.har_transcript import har_transcript
from triage.engine.text import clean

from .account import attach_key, keys_among
from .event import CUSTOMER, digest_of, record
from .language import language_of
from .pictures import SUFFIXES, Broken, picture_type, without_metadata
from .redaction import SafeText, make_safe, make_storable
from .scanner import harm_in

MOST_FILES = 5  # with one message
MOST_BYTES = 5 * 1024 * 1024  # of one file
TEXTS = (".har", ".log", ".txt", ".json", ".csv")
ACCEPTED = ",".join((*TEXTS, *SUFFIXES.values(), ".jpeg"))  # for the file chooser
TEXT_TYPE = "text/plain; charset=utf-8"
HEAD_READ, TAIL_READ = 20_000, 40_000  # characters of a text that are judged; the file keeps more


class BadFile(ValueError):
    """The file cannot be taken; the message says why, to the one who chose it."""


class Unchecked(BadFile):
    """Not now: the virus scanner has no answer. Asking it about more files would be waiting in vain."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it may be kept. `safe` is what a text says, secrets masked; a picture has none."""

    name: str
    media_type: str
    data: bytes
    safe: SafeText | None = None


def read_upload(name: str, data: bytes) -> Upload:
    """Raises BadFile with a sentence."""
    name = safe_name(name)
    if len(data) > MOST_BYTES:
        raise BadFile(_("%(name)s is larger than 5 MB.") % {"name": name})
    if not data:
        raise BadFile(_("%(name)s is empty.") % {"name": name})
    kind = picture_type(data)
    if not kind and (PurePath(name).suffix.lower() not in TEXTS or "binary" in clean(data).notes):
        raise BadFile(
            _("%(name)s cannot be taken. Pictures (PNG, JPEG, WebP, GIF) and texts (%(texts)s) can.")
            % {"name": name, "texts": " ".join(TEXTS)}
        )
    _refuse_harm(name, data)
    return _picture(name, kind, data) if kind else _text(name, data)


def safe_name(name: str) -> str:
    """The last part of a path, printable, its end kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip(". ") or "file"
    shown = make_safe(shown, personal=False).text
    path = PurePath(shown)
    return path.stem[: 100 - len(path.suffix[:10])] + path.suffix[:10]


def attach(
    ticket: Ticket, uploads: Sequence[Upload], *, message: Message, by: Person | str
) -> list[Attachment]:
    """Keep the files with a message, in the caller's transaction."""
    kept = [keep_file(ticket, upload, by=by, message=message) for upload in uploads]
    record_attached(message, kept, by=by)
    return kept


def record_attached(message: Message, kept: Sequence[Attachment], *, by: Person | str) -> None:
    if kept:
        files = [
            {"name": each.name, "type": each.media_type, "size": each.size, "sha256": each.sha256}
            for each in kept
        ]
        record(message.ticket, "attached", by=by, message=message.pk, files=files)


def add_files(ticket: Ticket, uploads: Sequence[Upload], *, message: Message) -> list[Message]:
    """The files of a customer's message: pictures stay with it, each text becomes a message of its own that is
    read for evidence. Answers those; the caller has them judged.
    """
    attach(ticket, [each for each in uploads if each.safe is None], message=message, by=CUSTOMER)
    return add_texts(ticket, uploads, source=Ticket.Source(message.source))


def add_texts(
    ticket: Ticket, uploads: Iterable[Upload], *, source: Ticket.Source, by: Person | str = CUSTOMER
) -> list[Message]:
    """A message of kind evidence for each text, the file with it; the caller has them judged."""
    messages = []
    for upload in uploads:
        if upload.safe is not None:
            message = add_evidence(ticket, upload.safe, source=source, by=by)
            attach(ticket, [upload], message=message, by=by)
            messages.append(message)
    return messages


def add_evidence(ticket: Ticket, safe: SafeText, *, source: Ticket.Source, by: Person | str) -> Message:
    """What was pasted or came in a file, as a message that the engine reads like the customer's words."""
    body = _to_be_read(safe.text)
    message = Message.objects.create(
        ticket=ticket,
        kind=Message.Kind.EVIDENCE,
        author=by if isinstance(by, Person) else None,
        body=body,
        language=language_of(body, otherwise=ticket.language),
        source=source,
        was_cut=safe.was_cut or len(body) < len(safe.text),
        redactions=safe.masked,
    )
    attach_key(ticket, keys_among(safe))
    record(
        ticket, "evidence_pasted", by=by, message=message.pk, text=digest_of(body), masked=safe.masked,
        cut=message.was_cut,
    )  # fmt: skip
    return message


def _refuse_harm(name: str, data: bytes) -> None:
    try:
        harm = harm_in(data)
    except NotScanned:
        raise Unchecked(
            _("%(name)s could not be checked for viruses just now. It can be sent again later.")
            % {"name": name}
        ) from None
    if harm:
        raise BadFile(
            _("%(name)s cannot be taken: the virus scanner found something harmful in it.") % {"name": name}
        )


def _picture(name: str, kind: str, data: bytes) -> Upload:
    try:
        stripped = without_metadata(data)
    except Broken:
        raise BadFile(
            _("%(name)s is damaged: the picture cannot be read to its end.") % {"name": name}
        ) from None
    return Upload(PurePath(name).stem + SUFFIXES[kind], kind, stripped)


def _text(name: str, data: bytes) -> Upload:
    transcript = har_transcript(data.decode("utf-8-sig", "replace")) if _may_be_har(name, data) else ""
    safe = make_storable(transcript or data)
    shown = f"{name}.txt" if transcript else name
    return Upload(shown, TEXT_TYPE, safe.text.encode(), safe)


def _may_be_har(name: str, data: bytes) -> bool:
    return name.lower().endswith(".har") or (name.lower().endswith(".json") and b'"entries"' in data)


def keep_file(
    ticket: Ticket,
    upload: Upload,
    *,
    by: Person | str,
    message: Message | None = None,
    draft_kind: str = "",
) -> Attachment:
    """The file and its row. Who calls it tells the chain."""
    attachment = Attachment(
        ticket=ticket,
        message=message,
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        by=by if isinstance(by, Person) else None,
        draft_kind=draft_kind,
    )
    attachment.file.save(upload.name, ContentFile(upload.data), save=False)
    attachment.save()
    return attachment


def _to_be_read(text: str) -> str:
    """Head and tail of a long text, cut between lines where there are any: errors often stand at the end."""
    if len(text) <= HEAD_READ + TAIL_READ:
        return text
    head = text[:HEAD_READ].rpartition("\n")[0] or text[:HEAD_READ]
    tail = text[-TAIL_READ:].partition("\n")[2] or text[-TAIL_READ:]
    return f"{head}\n[… {len(text) - len(head) - len(tail):,} characters, in the file …]\n{tail}"
