"""Pictures as they may be kept: known by their first bytes, and without what cameras and programs write into them.

Places, times, names, thumbnails and texts go; what is needed to draw the picture stays, also how a photo is turned.
Nothing is decoded, so no picture can cost more than its bytes.
"""

from collections.abc import Callable

from .broken import Broken
from .gif import strip_gif
from .jpeg import strip_jpeg
from .png import strip_png
from .webp import strip_webp

__all__ = ["SUFFIXES", "Broken", "picture_type", "without_metadata"]

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif"}
_STRIP: dict[str, Callable[[bytes], bytes]] = {
    "image/png": strip_png,
    "image/jpeg": strip_jpeg,
    "image/webp": strip_webp,
    "image/gif": strip_gif,
}


def picture_type(data: bytes) -> str:
    """The media type by the first bytes; empty for what is none of our kinds, such as SVG."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return ""


def without_metadata(data: bytes) -> bytes:
    """Raises Broken where the file is not built as its first bytes say."""
    try:
        return _STRIP[picture_type(data)](data)
    except (IndexError, KeyError, ValueError) as problem:
        raise Broken("the picture is damaged") from problem
