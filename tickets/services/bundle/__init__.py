"""One ticket as a signed bundle that somebody else can check: JSON, a page to read, and a script for the check."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from .contents import FORMAT, contents_of
from .signing import public_key, sign

__all__ = ["contents_of", "pack", "public_key"]
SCRIPT = Path(__file__).with_name("verify.py")


def pack(contents: dict[str, Any], page: str) -> bytes:
    """`contents` as `contents_of` gives them, `page` the same to read."""
    files = {
        "ticket.json": json.dumps(contents, ensure_ascii=False, indent=1).encode(),
        "ticket.html": page.encode(),
        "verify.py": SCRIPT.read_bytes(),
    }
    manifest = json.dumps(
        {
            "format": FORMAT,
            "ticket": contents["ticket"]["number"],
            "made_at": contents["made_at"],
            "desk": contents["desk"],
            "public_key": public_key(),
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        },
        indent=1,
    ).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {
            **files,
            "manifest.json": manifest,
            "manifest.sig": sign(manifest).encode(),
        }.items():
            packed.writestr(name, data)
    return written.getvalue()
