"""One thing that a request gets wrong, and how to put it right."""

from dataclasses import dataclass
from enum import StrEnum

from ..verdict import Words


class Severity(StrEnum):
    ERROR = "error"  # the request will be refused
    WARNING = "warning"  # some providers refuse or ignore it


@dataclass(frozen=True, slots=True)
class RequestFinding:
    """`path` is a place in the body (`messages[2].role`) or in the text (`line 3, column 7`).

    Neither message nor fix ever repeats what stands in the customer's messages.
    """

    code: str
    path: str
    severity: Severity
    message: Words
    fix: Words


def error(code: str, path: str, message: tuple[str, str], fix: tuple[str, str]) -> RequestFinding:
    return RequestFinding(code, path, Severity.ERROR, Words(*message), Words(*fix))


def warning(code: str, path: str, message: tuple[str, str], fix: tuple[str, str]) -> RequestFinding:
    return RequestFinding(code, path, Severity.WARNING, Words(*message), Words(*fix))
