"""Check a bundle of evidence. Needs Python 3.8 or newer and nothing else: no network, no other package.

    python3 verify.py                     in the unpacked folder, beside manifest.json
    python3 verify.py BUNDLE.zip          a bundle that is still packed
    python3 verify.py … --key HEX         the public key, as you know it from the desk's operator
    python3 verify.py … --anchor HEX      the hash of an anchor, as somebody outside of the desk kept it

Says line by line what holds, and ends with 1 where something does not. A forged bundle may hold a forged script:
take this file from a source that you trust.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FIRST = "0" * 64
ERASED = "content_erased"
MARK = 16
Found = Any  # whether it holds, and what in words


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a bundle of evidence.")
    parser.add_argument("bundle", nargs="?", default=str(Path(__file__).resolve().parent))
    parser.add_argument("--key", default="", help="the public key that must have signed it, in hex")
    parser.add_argument(
        "--anchor", action="append", default=[], help="the hash of an anchor that was kept elsewhere"
    )
    asked = parser.parse_args(arguments)
    try:
        found = check(read(asked.bundle), asked.key.lower(), [each.lower() for each in asked.anchor])
    except (OSError, LookupError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as problem:
        print(f"FAILED  this is no whole bundle ({type(problem).__name__}: {problem})")
        return 1
    for holds, words in found:
        print(("ok      " if holds else "FAILED  ") + words)
    return 0 if all(holds for holds, _ in found) else 1


def read(place: str) -> dict[str, bytes]:
    """The files of the bundle by name, as bytes."""
    path = Path(place)
    if path.is_dir():
        return {each.name: each.read_bytes() for each in path.iterdir() if each.is_file()}
    with zipfile.ZipFile(path) as packed:
        return {Path(each).name: packed.read(each) for each in packed.namelist()}


def check(files: dict[str, bytes], key: str = "", anchors: Iterable[str] = ()) -> list[Found]:
    manifest = json.loads(files["manifest.json"])
    ticket = json.loads(files["ticket.json"])
    return [
        *check_signature(files, manifest, key),
        *check_files(files, manifest),
        *check_chain(ticket["chain"]),
        *check_messages(ticket),
        *check_anchors(ticket["chain"], ticket["anchors"], anchors),
    ]


def check_signature(files: dict[str, bytes], manifest: Any, key: str) -> Iterator[Found]:
    own = manifest["public_key"]
    signature = bytes.fromhex(files["manifest.sig"].decode().strip())
    good = verifies(bytes.fromhex(own), files["manifest.json"], signature)
    yield good, f"the manifest is signed by key {own}"
    if key:
        yield own == key, "that is the key you named"


def check_files(files: dict[str, bytes], manifest: Any) -> Iterator[Found]:
    for name, digest in sorted(manifest["files"].items()):
        yield sha256(files.get(name, b"")) == digest, f"{name} is as it was signed"


def check_chain(chain: Any) -> Iterator[Found]:
    """Each entry names the one before it; contents that were erased are told of by a later entry."""
    previous, erased = FIRST, erased_in(chain["entries"])
    for expected, entry in enumerate(chain["entries"], start=1):
        problem = problem_of(chain["ticket"], entry, expected, previous, erased)
        if problem:
            yield False, f"entry {expected}: {problem}"
            return
        previous = entry["hash"]
    there = len(chain["entries"])
    if (there, previous) != (chain["length"], chain["head"]):
        yield False, "the chain does not end where it says"
        return
    gone = sum(not entry["salt"] for entry in chain["entries"])
    more = f"; {gone} emptied" if gone else ""
    yield True, f"{there} entries, each with the hash of the one before{more}"


def problem_of(ticket: int, entry: Any, expected: int, previous: str, erased: dict[int, int]) -> str:
    if entry["position"] != expected:
        return f"entry {entry['position']} stands in its place"
    if entry["previous"] != previous:
        return "it does not name the entry before it"
    if entry["salt"]:
        if entry["digest"] != hash_of([entry["salt"], entry["data"]]):
            return "its content was changed"
    elif entry["data"] or erased.get(expected, 0) <= expected:
        return "its content is gone, and no later entry says so"
    parts = [previous, ticket, expected, entry["kind"], entry["actor"], entry["at"], entry["digest"]]
    return "" if entry["hash"] == hash_of(parts) else "its hash does not fit"


def erased_in(entries: Any) -> dict[int, int]:
    return {
        position: entry["position"]
        for entry in entries
        if entry["kind"] == ERASED
        for position in entry["data"].get("positions", ())
    }


def check_messages(ticket: Any) -> Iterator[Found]:
    """The texts are those whose hashes stand in the chain."""
    contents = [entry["data"] for entry in ticket["chain"]["entries"]]
    told = {data.get("message"): data["text"] for data in contents if data.get("text")}
    held = [message for message in ticket["messages"] if told.get(message["id"])]
    for message in held:
        if sha256(message["text"].encode()) != told[message["id"]]:
            yield False, f"message {message['id']} is not the text that the chain tells of"
    loose = len(ticket["messages"]) - len(held)
    more = f", {loose} are not" if loose else ""
    yield True, f"{len(held)} messages are held by the chain{more}"


def check_anchors(chain: Any, anchors: Any, kept: Iterable[str]) -> Iterator[Found]:
    previous: str | None = None
    roots: dict[int, Any] = {}
    for head in anchors["heads"]:
        parts = [head[name] for name in ("previous", "number", "day", "at", "chains", "entries", "root")]
        if head["hash"] != hash_of(parts) or previous not in (None, head["previous"]):
            yield False, f"anchor {head['number']} does not fit"
            return
        previous, roots[head["number"]] = head["hash"], head
    reached = 0
    for proof in anchors["proofs"]:
        number, length, head, marks = proof["leaf"]
        root = roots[proof["anchor"]]["root"]
        entries = chain["entries"][length - len(marks) // MARK : length]
        fits = (
            number == chain["ticket"]
            and 0 < length <= len(chain["entries"])
            and climbed(leaf_of(proof["leaf"]), proof["way"]) == root
            and chain["entries"][length - 1]["hash"] == head
            and "".join(entry["hash"][:MARK] for entry in entries) == marks
        )
        if not fits:
            yield False, f"anchor {proof['anchor']} does not hold this chain"
            return
        reached = length
    if reached:
        day = roots[anchors["proofs"][-1]["anchor"]]["day"]
        yield True, f"entries 1 to {reached} are held by anchors, the last of {day}"
    else:
        yield True, "no anchor holds this chain yet"
    for digest in kept:
        known = any(head["hash"] == digest for head in anchors["heads"])
        yield known, "the anchor that you named is among them"


def climbed(leaf: bytes, way: Any) -> str:
    for side, beside in way:
        other = bytes.fromhex(beside)
        leaf = knot(other, leaf) if side == "left" else knot(leaf, other)
    return leaf.hex()


def leaf_of(leaf: Any) -> bytes:
    return hashlib.sha256(b"\0" + canonical(leaf)).digest()


def knot(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def canonical(parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(parts: Any) -> str:
    return sha256(canonical(parts))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# Ed25519 (RFC 8032), for checking only: nothing secret is computed here, so it may take its time.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # of -1
Point = Any  # X, Y, Z, T: x = X / Z, y = Y / Z, x * y = T / Z


def verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    if len(key) != 32 or len(signature) != 64:
        return False
    owner, nonce = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if owner is None or nonce is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return same(times(scalar, BASE), plus(nonce, times(challenge, owner)))


def point(data: bytes) -> Point | None:
    """A point of the curve from its 32 bytes, as (X, Y, Z, T); None where it is none."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = x_of(y) if y < P else None
    if x is None or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def x_of(y: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT % P
    return x if x * x % P == square else None


def plus(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, of: Point) -> Point:
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = plus(total, of)
        of, factor = plus(of, of), factor >> 1
    return total


def same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


BASE: Point = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

if __name__ == "__main__":
    sys.exit(main())
