"""Requests for embeddings, images and videos: what must be there, and which sizes and lengths are taken."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .model_family import Format
from .request_finding import RequestFinding, error, warning

_SIZE = re.compile(r"(\d{2,5})\s*[x×*]\s*(\d{2,5})")
_RATIO = re.compile(r"\d{1,2}(?:\.\d{1,2})?:\d{1,2}(?:\.\d{1,2})?")

# Public image and video models with a fixed list; by the beginning of the model's name without its prefix.
_IMAGE_SIZES = {
    "dall-e-2": ("256x256", "512x512", "1024x1024"),
    "dall-e-3": ("1024x1024", "1792x1024", "1024x1792"),
    "gpt-image-1": ("1024x1024", "1536x1024", "1024x1536", "auto"),
}
_VIDEO_SECONDS = {"sora-2": (4, 8, 12), "kling": (5, 10), "veo-3": (4, 6, 8), "minimax-hailuo-02": (6, 10)}
_VIDEO_RATIOS = {"kling": ("16:9", "9:16", "1:1"), "veo": ("16:9", "9:16")}
_RATIO_FIELDS = ("aspect_ratio", "aspectRatio", "ratio")
_LENGTH_FIELDS = ("duration", "seconds", "durationSeconds", "duration_seconds")
_IMAGE_FIELDS = (
    "image",
    "image_url",
    "input_reference",
    "first_frame_image",
    "image_tail",
    "images",
    "content",
)


def check_media(body: Mapping[str, Any], form: Format, model: str) -> Iterator[RequestFinding]:
    name = model.lower().rpartition("/")[2]
    if form is Format.EMBEDDINGS:
        yield from _embeddings(body)
    elif form is Format.IMAGE:
        yield from _prompt(body)
        yield from _image(body, name)
    elif form is Format.VIDEO:
        if not any(body.get(field) for field in _IMAGE_FIELDS):
            yield from _prompt(body)
        yield from _video(body, name)


def _embeddings(body: Mapping[str, Any]) -> Iterator[RequestFinding]:
    given = body.get("input")
    if "messages" in body and given is None:
        yield error(
            "embedding_messages",
            "messages",
            ("Embeddings take input, not messages.", "向量接口用 input，不用 messages。"),
            ('Send "input": "…".', '请发送 "input": "…"。'),
        )
    elif given in (None, "", []) or not isinstance(given, str | list):
        yield error(
            "input_missing",
            "input",
            ("input must be a text or a list of texts.", "input 必须是字符串或字符串列表。"),
            ("Fill it; empty texts are refused.", "请填写内容，空字符串会被拒绝。"),
        )
    elif isinstance(given, list) and "" in given:
        at = given.index("")
        yield error(
            "input_empty",
            f"input[{at}]",
            ("An empty text is refused.", "空字符串会被拒绝。"),
            ("Remove it from the list.", "请从列表中去掉。"),
        )
    elif isinstance(given, list) and len(given) > 2048:
        yield error(
            "input_count",
            "input",
            ("At most 2048 texts in one request.", "一次最多 2048 条文本。"),
            ("Send several smaller requests.", "请分批发送。"),
        )
    if body.get("stream"):
        yield error(
            "embedding_stream",
            "stream",
            ("Embeddings are never streamed.", "向量接口不支持流式。"),
            ("Remove stream.", "请去掉 stream。"),
        )


def _prompt(body: Mapping[str, Any]) -> Iterator[RequestFinding]:
    prompt = body.get("prompt") or body.get("input") or body.get("instances")
    if not prompt:
        yield error(
            "prompt_missing",
            "prompt",
            ("The prompt is missing.", "缺少 prompt。"),
            ('Add "prompt": "…".', '请加上 "prompt": "…"。'),
        )


def _image(body: Mapping[str, Any], name: str) -> Iterator[RequestFinding]:
    sizes = _of(_IMAGE_SIZES, name)
    size = body.get("size")
    if isinstance(size, str) and sizes and size not in sizes:
        yield _one_of("size", sizes)
    elif isinstance(size, str) and not sizes and not _SIZE.fullmatch(size) and not size.isalnum():
        yield error(
            "size_shape",
            "size",
            ("size must look like 1024x1024.", "size 应写成 1024x1024 的形式。"),
            ("Use width, the letter x, height.", "请按 宽x高 填写，中间是字母 x。"),
        )
    if name.startswith("gpt-image") and body.get("response_format") is not None:
        yield error(
            "image_response_format",
            "response_format",
            ("gpt-image models always answer with base64.", "gpt-image 系列固定返回 base64。"),
            ("Remove response_format.", "请去掉 response_format。"),
        )
    if name.startswith("dall-e-3") and body.get("n") not in (None, 1):
        yield error(
            "image_count",
            "n",
            ("dall-e-3 makes one image per request.", "dall-e-3 每次只生成一张。"),
            ('Set "n": 1 and send several requests.', '请设 "n": 1，多张请分次请求。'),
        )


def _video(body: Mapping[str, Any], name: str) -> Iterator[RequestFinding]:
    lengths, ratios = _of(_VIDEO_SECONDS, name), _of(_VIDEO_RATIOS, name)
    for field in _LENGTH_FIELDS:
        if body.get(field) is not None:
            yield from _length(body[field], field, lengths)
    for field in _RATIO_FIELDS:
        ratio = body.get(field)
        if ratio is None:
            continue
        if ratios and ratio not in ratios:
            yield _one_of(field, ratios)
        elif not isinstance(ratio, str) or not (_RATIO.fullmatch(ratio) or ratio.isalpha()):
            yield error(
                "ratio_shape",
                field,
                ("The ratio must look like 16:9.", "比例应写成 16:9 的形式。"),
                ("Use a half-width colon and no spaces.", "请用半角冒号，中间不要空格。"),
            )


def _length(value: Any, field: str, allowed: tuple[int, ...]) -> Iterator[RequestFinding]:
    text = str(value).strip() if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"-?\d{1,4}(?:\.\d+)?", text):
        yield error(
            "duration_shape",
            field,
            ("The length must be a number of seconds.", "时长必须是秒数。"),
            (f'Write "{field}": 5, without a unit.', f'请写成 "{field}": 5，不带单位。'),
        )
    elif allowed and float(text) not in allowed:
        yield _one_of(field, tuple(str(length) for length in allowed))
    elif not 1 <= float(text) <= 60:
        yield warning(
            "duration_range",
            field,
            ("Few video models take this length.", "很少有视频模型支持这个时长。"),
            ("Most take 4 to 15 seconds.", "多数模型支持 4 到 15 秒。"),
        )


def _of(table: Mapping[str, tuple[Any, ...]], name: str) -> tuple[Any, ...]:
    return next((allowed for prefix, allowed in table.items() if name.startswith(prefix)), ())


def _one_of(field: str, allowed: tuple[str, ...]) -> RequestFinding:
    return error(
        "value_not_offered",
        field,
        (f"This model does not take this {field}.", f"该模型不支持这个 {field}。"),
        (f"Use one of: {', '.join(allowed)}.", f"可用：{'、'.join(allowed)}。"),
    )
