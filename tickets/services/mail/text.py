"""What of a mail becomes the customer's message, and what is kept of it as its source."""

import re
import secrets
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from tickets.connectors.mail_reading import File, Mail
from tickets.connectors.quoted import own_words, without_signature

from ..redaction import make_safe, make_storable

MOST_FILES = 10  # texts of more are not read
_AGAIN = re.compile(
    r"^(?:\s*(?:re|aw|sv|fwd?|wg|tr|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]|\s*\[#\d+\])+\s*", re.IGNORECASE
)
_OUR_HEADERS = frozenset({"mime-version", "content-type", "content-transfer-encoding", "content-disposition"})


def words_of(mail: Mail, *, is_answer: bool, language: str) -> str:
    """The text for the ticket, not yet redacted. Empty only where there is neither a word nor a file."""
    own = own_words(mail.text) if is_answer else without_signature(mail.text)
    subject = subject_of(mail)
    if not is_answer and subject and subject not in own:
        own = f"{subject}\n\n{own}"  # people put the error there
    kept = [f"--- {file.name} ---\n{file.text}" for file in kept_files(mail)]
    text = "\n\n".join(filter(None, [own.strip(), *kept]))
    if text or not mail.files:
        return text
    with translation.override(language):
        return _("(no text; files that were not kept: %(names)s)") % {"names": names_of(left_out(mail))}


def subject_of(mail: Mail) -> str:
    """Without `Re:` and without ticket numbers, which anybody can write."""
    return _AGAIN.sub("", mail.subject).strip()


def kept_files(mail: Mail) -> list[File]:
    return [file for file in mail.files if file.text and file.text.strip()][:MOST_FILES]


def left_out(mail: Mail) -> list[File]:
    kept = kept_files(mail)
    return [file for file in mail.files if file not in kept]


def names_of(files: Iterable[File]) -> str:
    return ", ".join(f"{file.name} ({file.why_not or file.media_type})" for file in files)


def source_of(mail: Mail) -> str:
    """The mail written anew without secrets, as a mail that `read_mail` reads again."""
    lines = [
        f"{name.title()}: {value}"
        for name, values in mail.headers.items()
        if name not in _OUR_HEADERS
        for value in values
    ]
    headers = make_safe("\n".join(lines), personal=False).text
    mark = f"part-{secrets.token_hex(12)}"
    parts = [_part("text/plain; charset=utf-8", make_storable(mail.text).text)]
    kept = kept_files(mail)
    parts += [
        _part(_type_of(file, kept), make_storable(file.text or "").text if file in kept else "")
        for file in mail.files
    ]
    body = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f'{headers}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{mark}"\n\n{body}--{mark}--\n'


def _part(media_type: str, text: str) -> str:
    return f"Content-Type: {media_type}\nContent-Transfer-Encoding: 8bit\n\n{text}"


def _type_of(file: File, kept: list[File]) -> str:
    name = re.sub(r"[^\w.() -]", "_", make_safe(file.name).text)[:120]
    media_type = "text/plain; charset=utf-8" if file in kept else re.sub(r"[^\w./+-]", "", file.media_type)
    return f'{media_type}\nContent-Disposition: attachment; filename="{name}"'
