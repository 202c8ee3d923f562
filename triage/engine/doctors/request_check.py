"""Checks a request body before or after it failed. Findings never repeat what the messages say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..verdict import Words
from .json_slips import parse
from .model_family import Format, family_of, format_of, model_of
from .model_name import check_model_name
from .model_words import ModelProblem
from .request_family import check_family
from .request_finding import RequestFinding, Severity, error, warning
from .request_media import check_media
from .request_messages import check_messages
from .request_params import check_params
from .token_estimate import TokenEstimate, estimate_tokens

__all__ = ["RequestFinding", "Severity", "TokenEstimate", "check_request", "estimate_tokens", "request_text"]

MOST_FINDINGS = 40
_TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CONVERSATIONS = (Format.CHAT, Format.ANTHROPIC, Format.GEMINI)


def check_request(
    body: str | Mapping[str, Any],
    *,
    endpoint: str | None = None,
    offered: Sequence[str] | None = None,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> tuple[RequestFinding, ...]:
    """Errors first, then warnings; at most MOST_FINDINGS. Never raises."""
    value: Any = body
    if isinstance(body, str):
        value, broken = parse(body)
        if broken is not None:
            return (broken,)
    if not isinstance(value, Mapping):
        return (_not_an_object(),)
    found = list(_check(value, endpoint, offered, aliases))
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)[:MOST_FINDINGS])


def request_text(body: Mapping[str, Any]) -> str:
    """All text that the model would read, for an estimate of its tokens; images and files are left out."""
    texts: list[str] = []
    waiting: list[Any] = [
        body.get(name) for name in ("system", "messages", "contents", "input", "prompt", "tools")
    ]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and not value.startswith("data:"):
            texts.append(value)
        elif isinstance(value, Mapping):
            waiting.extend(item for name, item in value.items() if name not in _NOT_TEXT)
        elif isinstance(value, list):
            waiting.extend(value)
    return "\n".join(texts)


_NOT_TEXT = ("image_url", "source", "inline_data", "inlineData", "input_audio", "file", "role", "type")


def _check(
    body: Mapping[str, Any],
    endpoint: str | None,
    offered: Sequence[str] | None,
    aliases: Mapping[str, str],
) -> Iterator[RequestFinding]:
    form, model = format_of(endpoint, body), model_of(body)
    yield from _model(body, form, offered, aliases)
    if form in _CONVERSATIONS:
        yield from check_messages(body, form)
    if form is Format.RESPONSES and not body.get("input") and not body.get("prompt"):
        yield _no_input()
    yield from check_params(body, form)
    yield from check_family(body, form, family_of(model))
    yield from check_media(body, form, model)
    yield from _tools(body, form)


def _not_an_object() -> RequestFinding:
    return error(
        "not_an_object",
        "",
        ("The body must be a JSON object.", "请求体必须是一个 JSON 对象。"),
        ("Start with { and end with }.", "请以 { 开头、以 } 结尾。"),
    )


def _no_input() -> RequestFinding:
    return error(
        "input_missing",
        "input",
        ("input is missing.", "缺少 input。"),
        ('Add "input": "…".', '请加上 "input": "…"。'),
    )


def _model(
    body: Mapping[str, Any], form: Format, offered: Sequence[str] | None, aliases: Mapping[str, str]
) -> Iterator[RequestFinding]:
    model = body.get("model")
    if form in (Format.GEMINI, Format.OTHER) and model is None:
        return
    if not isinstance(model, str) or not model.strip():
        yield error(
            "model_missing",
            "model",
            ("The model is missing.", "缺少 model。"),
            ('Add "model": "…" with a name from GET /v1/models.', '请加上 "model"，名称见 GET /v1/models。'),
        )
    elif offered:
        advice = check_model_name(model, offered, aliases=aliases)
        if advice.problem is not ModelProblem.NONE:
            yield RequestFinding(
                "model_name", "model", Severity.ERROR, advice.explanation, _choose(advice.nearest)
            )


def _choose(nearest: Sequence[str]) -> Words:
    if nearest:
        return Words(f'Use: "model": "{nearest[0]}"', f'请改为："model": "{nearest[0]}"')
    return Words("Choose a name from GET /v1/models.", "请从 GET /v1/models 的列表中选择。")


def _tools(body: Mapping[str, Any], form: Format) -> Iterator[RequestFinding]:
    tools = body.get("tools")
    if not isinstance(tools, list) or form not in (Format.CHAT, Format.ANTHROPIC):
        return
    names: set[str] = set()
    for at, tool in enumerate(tools):
        if not isinstance(tool, Mapping) or _run_by_vendor(tool, form):
            continue
        name = _tool_name(tool, form)
        if name is None:
            yield _tool_shape(f"tools[{at}]", form)
        elif not _TOOL_NAME.fullmatch(name):
            yield error(
                "tool_name",
                f"tools[{at}]",
                (
                    "A tool's name may hold letters, digits, _ and - only, up to 64.",
                    "工具名只能含字母、数字、_ 和 -，最长 64。",
                ),
                ("Rename the tool.", "请修改工具名。"),
            )
        elif name in names:
            yield warning(
                "tool_twice",
                f"tools[{at}]",
                ("Two tools have the same name.", "有两个同名工具。"),
                ("Keep one of them.", "请只保留一个。"),
            )
        else:
            names.add(name)


def _tool_name(tool: Mapping[str, Any], form: Format) -> str | None:
    """None where the tool has the other format's shape."""
    function = tool.get("function")
    if form is Format.CHAT:
        name = function.get("name", "") if isinstance(function, Mapping) else None
    else:
        name = tool.get("name", "") if function is None else None
    return name if isinstance(name, str) else None


def _run_by_vendor(tool: Mapping[str, Any], form: Format) -> bool:
    """Web search and the like have a type of their own and no schema."""
    return tool.get("type", "function") not in ("function", "custom") and "input_schema" not in tool


def _tool_shape(path: str, form: Format) -> RequestFinding:
    wanted = (
        '{"type": "function", "function": {"name": …, "parameters": …}}'
        if form is Format.CHAT
        else '{"name": …, "description": …, "input_schema": …}'
    )
    return error(
        "tool_shape",
        path,
        ("The tool is written in another API's format.", "工具定义用的是另一种接口的格式。"),
        (f"Write it as {wanted}.", f"请写成 {wanted}。"),
    )
