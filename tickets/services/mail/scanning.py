"""The text files of a mail, shown to the virus scanner before anything of the mail is kept."""

from dataclasses import replace

from django.conf import settings

from tickets.connectors.clamd import NotScanned
from tickets.connectors.mail_reading import File, Mail

from ..scanner import harm_in, is_awake
from .text import kept_files

UNKNOWN = "the virus scanner could not check it"


class ScannerAway(Exception):
    """No scanner answers: the mail must be delivered again, so that its files are not lost."""


def scanned(mail: Mail) -> Mail:
    """The mail without the content of files that are harmful or that the scanner cannot judge; they say why.

    Raises ScannerAway. A scanner that lives, yet has no answer for a file, does not keep the mail out: else one such
    mail would hold up all that come after it.
    """
    if settings.SCANNER is None:
        return mail
    kept = kept_files(mail)
    files: list[File] = []
    for file in mail.files:
        why_not = _why_not(file, files) if file in kept else ""
        is_kept = file in kept and not why_not
        files.append(file if is_kept else replace(file, text=None, why_not=why_not))
    return replace(mail, files=tuple(files))


def _why_not(file: File, before: list[File]) -> str:
    if any(each.why_not == UNKNOWN for each in before):
        return UNKNOWN  # waiting for one answer in vain is enough
    try:
        harm = harm_in((file.text or "").encode())
    except NotScanned as problem:
        if not is_awake():
            said = f"The virus scanner does not answer ({problem}); mail with text files waits for it."
            raise ScannerAway(said) from None
        return UNKNOWN
    return f"virus scanner: {harm}" if harm else ""
