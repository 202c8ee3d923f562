"""Files from outside, shown to the virus scanner that the operator named. Without one, nothing is asked."""

import hashlib

import structlog
from django.conf import settings

from tickets.connectors import clamd
from tickets.connectors.clamd import NotScanned

log = structlog.get_logger(__name__)


def harm_in(data: bytes) -> str:
    """The scanner's name for what is harmful in it, or nothing. Raises NotScanned: then nothing is known of it.

    What is logged names the file by its digest, never by its name or content.
    """
    if settings.SCANNER is None:
        return ""
    about = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    try:
        harm = clamd.scan(settings.SCANNER, data)
    except NotScanned as problem:
        log.warning("file_not_scanned", problem=str(problem), **about)
        raise
    if harm:
        log.warning("file_harmful", harm=harm, **about)
    return harm


def is_awake() -> bool:
    return settings.SCANNER is not None and clamd.is_awake(settings.SCANNER)
