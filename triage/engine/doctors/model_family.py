"""Which family of rules a request follows: the format of the endpoint, and the habits of the model."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """The shape of the request body."""

    CHAT = "chat"
    ANTHROPIC = "anthropic"
    RESPONSES = "responses"
    GEMINI = "gemini"
    EMBEDDINGS = "embeddings"
    IMAGE = "image"
    VIDEO = "video"
    OTHER = "other"


class Family(StrEnum):
    """Models that share their limits on parameters."""

    REASONING = "reasoning"  # OpenAI o-series and GPT-5 and later
    CLAUDE = "claude"
    GEMINI = "gemini"
    OTHER = "other"


_PATHS = (
    (re.compile(r"/messages(?:/count_tokens)?$"), Format.ANTHROPIC),
    (re.compile(r"/chat/completions$"), Format.CHAT),
    (re.compile(r"/responses$"), Format.RESPONSES),
    (re.compile(r"/embeddings$"), Format.EMBEDDINGS),
    (re.compile(r"/images/(?:generations|edits|variations)$"), Format.IMAGE),
    (re.compile(r":(?:stream)?generateContent$", re.IGNORECASE), Format.GEMINI),
    (re.compile(r"/videos?(?:/|$)|/video[-_/]generations?|2video"), Format.VIDEO),
)
_VIDEO_MODEL = re.compile(r"sora|veo|kling|seedance|hailuo|runway|wan\d|vidu|luma|video|t2v|i2v")
_IMAGE_MODEL = re.compile(r"dall-e|gpt-image|seedream|flux|stable-diffusion|imagen|midjourney|cogview|t2i")
_REASONING = re.compile(r"(?:^|/)(?:o[1-9](?:-|$)|gpt-[5-9](?!.*chat))")


def format_of(endpoint: str | None, body: Mapping[str, Any]) -> Format:
    """By the endpoint where it is known, else by the fields that only one format has."""
    path = (endpoint or "").partition("?")[0].rstrip("/")
    for pattern, found in _PATHS:
        if pattern.search(path):
            return found
    model = model_of(body).lower()
    if "contents" in body:
        return Format.GEMINI
    if "messages" in body:
        return Format.ANTHROPIC if "system" in body or "anthropic_version" in body else Format.CHAT
    if "input" in body:
        return Format.EMBEDDINGS if "embed" in model or "encoding_format" in body else Format.RESPONSES
    if _VIDEO_MODEL.search(model):
        return Format.VIDEO
    return Format.IMAGE if _IMAGE_MODEL.search(model) else Format.OTHER


def family_of(model: str) -> Family:
    name = model.lower()
    if _REASONING.search(name):
        return Family.REASONING
    if "claude" in name:
        return Family.CLAUDE
    return Family.GEMINI if "gemini" in name else Family.OTHER


def model_of(body: Mapping[str, Any]) -> str:
    model = body.get("model")
    return model if isinstance(model, str) else ""
