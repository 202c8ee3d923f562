"""One secret as a finder sees it: where it is in the view, what it is, and how far to trust that."""

from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """Who names a stretch that several finders found: the lowest."""

    WHOLE = 0  # the finder knows both ends: a PEM block, a cookie, a password in a URL
    SHAPE = 1  # the secret's own shape says what it is
    DECODED = 2
    LABELLED = 3  # a name in front of it says that it is a secret
    NEAR = 4
    PERSONAL = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """`shown` replaces the usual mask; `secret` replaces the text of the stretch as what is fingerprinted."""

    kind: str
    start: int
    end: int
    rank: Rank
    shown: str | None = None
    secret: str | None = None
