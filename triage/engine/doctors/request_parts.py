"""The parts of a message: texts, images and files in the form that the endpoint's format wants."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .model_family import Format
from .request_finding import RequestFinding, error, warning

_DATA_URL = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/_-]", re.IGNORECASE)
_IMAGE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")
MAX_IMAGE_BYTES = 5 * 1024 * 1024  # Anthropic's limit, the strictest of the large vendors


def check_parts(parts: Sequence[Any], path: str, form: Format) -> Iterator[RequestFinding]:
    for at, part in enumerate(parts):
        here = f"{path}[{at}]"
        kind = part.get("type") if isinstance(part, Mapping) else None
        if not isinstance(kind, str):
            yield _shapeless(here)
        elif kind == "image_url":
            yield from _image_url(part, here, form)
        elif kind == "image":
            yield from _image(part, here, form)
        elif kind in ("input_text", "input_image") and form is not Format.RESPONSES:
            yield _other_format(f"{here}.type", "text" if kind == "input_text" else "image_url")


def _shapeless(path: str) -> RequestFinding:
    return error(
        "part_shape",
        path,
        ("Each part must be an object with a type.", "每个内容块都必须是带 type 的对象。"),
        ('Write {"type": "text", "text": …}.', '请写成 {"type": "text", "text": …}。'),
    )


def _other_format(path: str, instead: str) -> RequestFinding:
    return error(
        "part_of_other_format",
        path,
        ("This part belongs to another API format.", "这个内容块属于另一种接口格式。"),
        (f'Use "type": "{instead}" in this format.', f'这里请用 "type": "{instead}"。'),
    )


def _image_url(part: Mapping[str, Any], path: str, form: Format) -> Iterator[RequestFinding]:
    if form is Format.ANTHROPIC:
        yield _other_format(f"{path}.type", "image")
        return
    image = part.get("image_url")
    if isinstance(image, str):
        yield error(
            "image_url_shape",
            f"{path}.image_url",
            ("image_url must be an object, not a text.", "image_url 必须是对象，不能直接写字符串。"),
            ('Write "image_url": {"url": …}.', '请写成 "image_url": {"url": …}。'),
        )
    url = image.get("url") if isinstance(image, Mapping) else image
    if not isinstance(url, str) or not url.strip():
        yield _no_image(f"{path}.image_url.url")
    elif not url.startswith(("https://", "http://", "data:")):
        yield error(
            "image_not_reachable",
            f"{path}.image_url.url",
            ("The provider can fetch only public links or data URLs.", "供应商只能读取公网链接或 data URL。"),
            (
                "Upload the image to a public https address, or send data:image/png;base64,…",
                "请上传到公网 https 地址，或用 data:image/png;base64,… 发送。",
            ),
        )
    elif url.startswith("data:") and not _DATA_URL.match(url):
        yield _bad_data_url(f"{path}.image_url.url")
    elif url.startswith("data:") and len(url) * 3 // 4 > MAX_IMAGE_BYTES:
        yield _too_big(f"{path}.image_url.url")


def _image(part: Mapping[str, Any], path: str, form: Format) -> Iterator[RequestFinding]:
    if form is Format.CHAT:
        yield _other_format(f"{path}.type", "image_url")
        return
    source = part.get("source")
    if not isinstance(source, Mapping):
        yield _no_image(f"{path}.source")
        return
    data = source.get("data")
    if source.get("type") != "base64":
        return
    if not isinstance(data, str) or not data:
        yield _no_image(f"{path}.source.data")
    elif data.startswith("data:"):
        yield error(
            "image_data_prefix",
            f"{path}.source.data",
            ("data must hold the base64 text alone.", "data 只能是 base64 内容本身。"),
            ("Remove everything up to and including the comma.", "请去掉逗号及之前的前缀。"),
        )
    elif len(data) * 3 // 4 > MAX_IMAGE_BYTES:
        yield _too_big(f"{path}.source.data")
    if source.get("media_type") not in _IMAGE_TYPES:
        yield error(
            "image_media_type",
            f"{path}.source.media_type",
            ("The media type is missing or not supported.", "media_type 缺失或不受支持。"),
            (f"Use one of: {', '.join(_IMAGE_TYPES)}.", f"可用：{'、'.join(_IMAGE_TYPES)}。"),
        )


def _no_image(path: str) -> RequestFinding:
    return error(
        "image_missing",
        path,
        ("The image is missing.", "没有图片内容。"),
        ("Give a link or base64 data.", "请填写链接或 base64 数据。"),
    )


def _bad_data_url(path: str) -> RequestFinding:
    return error(
        "image_data_url",
        path,
        ("The data URL is not well formed.", "data URL 格式不正确。"),
        (
            "It must start with data:image/png;base64, and go on at once.",
            "应以 data:image/png;base64, 开头，后面紧跟数据。",
        ),
    )


def _too_big(path: str) -> RequestFinding:
    return warning(
        "image_too_big",
        path,
        ("The image is larger than 5 MB, which some providers refuse.", "图片超过 5 MB，部分供应商会拒绝。"),
        ("Scale it down or send a link.", "请压缩图片或改用链接。"),
    )
