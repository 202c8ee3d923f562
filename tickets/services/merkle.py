"""A Merkle tree: one hash over many things in order, and a short proof that one of them is among them.

A leaf is SHA-256 of a zero byte and the thing in canonical JSON; a knot is SHA-256 of a one byte and its two children.
Of an odd row the last goes up as it is. The root of nothing is SHA-256 of nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence

from tickets.models.hashing import canonical

LEFT, RIGHT = "left", "right"


def leaf_of(thing: Sequence[object]) -> bytes:
    return hashlib.sha256(b"\0" + canonical(thing).encode()).digest()


def root_of(leaves: Iterable[bytes]) -> str:
    row = list(leaves)
    while len(row) > 1:
        row = _above(row)
    return (row[0] if row else hashlib.sha256().digest()).hex()


def proof_of(leaves: Iterable[bytes], at: int) -> list[list[str]]:
    """The neighbours on the way up from the leaf at this place: on which side each stands, and its hash."""
    row, proof = list(leaves), []
    while len(row) > 1:
        beside = at ^ 1
        if beside < len(row):
            proof.append([RIGHT if beside > at else LEFT, row[beside].hex()])
        row, at = _above(row), at // 2
    return proof


def root_by_proof(leaf: bytes, proof: Iterable[Sequence[str]]) -> str:
    for side, beside in proof:
        other = bytes.fromhex(beside)
        leaf = _knot(other, leaf) if side == LEFT else _knot(leaf, other)
    return leaf.hex()


def _above(row: list[bytes]) -> list[bytes]:
    odd = row[-1:] if len(row) % 2 else []
    return [_knot(left, right) for left, right in zip(row[::2], row[1::2], strict=False)] + odd


def _knot(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
