"""One way to write things down before they are hashed, so that anybody can do it again."""

import hashlib
import json

# Keys in order, no spaces, letters as they are.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def sha256_of(parts: list[object]) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()
