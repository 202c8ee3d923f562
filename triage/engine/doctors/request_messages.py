"""The messages of a conversation: their roles and contents, one by one and in order."""

from collections.abc import Iterator, Mapping
from typing import Any

from .message_order import anthropic_order, chat_order
from .model_family import Format
from .request_finding import RequestFinding, error, warning
from .request_parts import check_parts

_ROLES = {
    Format.CHAT: ("system", "developer", "user", "assistant", "tool", "function"),
    Format.ANTHROPIC: ("user", "assistant"),
    Format.GEMINI: ("user", "model", "function"),
}


def check_messages(body: Mapping[str, Any], form: Format) -> Iterator[RequestFinding]:
    field = "contents" if form is Format.GEMINI else "messages"
    messages = body.get(field)
    if not isinstance(messages, list) or not messages:
        yield _missing(field)
        return
    whole = [message for message in messages if isinstance(message, Mapping)]
    for at, message in enumerate(messages):
        yield from _one(message, f"{field}[{at}]", form)
    if len(whole) < len(messages) or form is Format.GEMINI:
        return
    yield from anthropic_order(whole) if form is Format.ANTHROPIC else chat_order(whole)


def _missing(field: str) -> RequestFinding:
    return error(
        "messages_missing",
        field,
        (f"{field} must be a list with at least one message.", f"{field} 必须是至少含一条消息的列表。"),
        (
            f'Add "{field}": [{{"role": "user", …}}]',
            f'请加上 "{field}": [{{"role": "user", …}}]',
        ),
    )


def _one(message: Any, path: str, form: Format) -> Iterator[RequestFinding]:
    if not isinstance(message, Mapping):
        yield error(
            "message_shape",
            path,
            ("Each message must be an object.", "每条消息都必须是一个对象。"),
            ('Write {"role": …, "content": …}.', '请写成 {"role": …, "content": …}。'),
        )
        return
    role = message.get("role")
    if role == "system" and form is Format.ANTHROPIC:
        yield error(
            "system_placement",
            f"{path}.role",
            ("The Messages format has no system role.", "Messages 格式没有 system 角色。"),
            ('Move it to the top-level field "system".', '请移到顶层的 "system" 字段。'),
        )
    elif role not in _ROLES[form] and not (form is Format.GEMINI and role is None):
        yield error(
            "role_unknown",
            f"{path}.role",
            ("This role does not exist in this format.", "该格式没有这个角色。"),
            (f"Use one of: {', '.join(_ROLES[form])}.", f"可用的角色：{'、'.join(_ROLES[form])}。"),
        )
    if form is not Format.GEMINI:
        yield from _content(message, path, form)


def _content(message: Mapping[str, Any], path: str, form: Format) -> Iterator[RequestFinding]:
    content = message.get("content")
    called = message.get("tool_calls") or message.get("function_call")
    if isinstance(content, list):
        yield from check_parts(content, f"{path}.content", form)
    elif content is None and called:
        return
    elif not isinstance(content, str):
        yield error(
            "content_missing",
            f"{path}.content",
            ("content must be a text or a list of parts.", "content 必须是字符串或内容列表。"),
            ("Add the content, or remove this message.", "请补上内容，或删除这条消息。"),
        )
    elif not content.strip() and not called:
        say = error if form is Format.ANTHROPIC else warning
        yield say(
            "content_empty",
            f"{path}.content",
            ("This message is empty.", "这条消息是空的。"),
            ("Remove it or fill it.", "请删除或补充内容。"),
        )
