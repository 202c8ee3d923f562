"""Which message may follow which, and which tool result belongs to which call."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .request_finding import RequestFinding, error, warning


def chat_order(messages: Sequence[Mapping[str, Any]]) -> Iterator[RequestFinding]:
    open_calls: dict[str, int] = {}
    for at, message in enumerate(messages):
        role = message.get("role")
        if role == "tool":
            yield from _tool_answer(message, at, open_calls)
            continue
        yield from _unanswered(open_calls)
        open_calls = dict.fromkeys(_call_ids(message), at)
        if role == "system" and at > 0 and messages[at - 1].get("role") != "system":
            yield warning(
                "system_placement",
                f"messages[{at}].role",
                (
                    "A system message in the middle is refused or ignored by some models.",
                    "系统消息放在中间，有的模型会拒绝或忽略。",
                ),
                ("Put it first.", "请放到最前面。"),
            )
    yield from _unanswered(open_calls)
    if messages[-1].get("role") in ("system", "developer"):
        yield warning(
            "no_question",
            f"messages[{len(messages) - 1}].role",
            ("The conversation ends without a user message.", "对话末尾没有用户消息。"),
            ('Add a message with "role": "user".', '请在末尾加一条 "role": "user" 的消息。'),
        )


def anthropic_order(messages: Sequence[Mapping[str, Any]]) -> Iterator[RequestFinding]:
    if messages[0].get("role") == "assistant":
        yield error(
            "first_not_user",
            "messages[0].role",
            ("The first message must be the user's.", "第一条消息必须是 user。"),
            ('Begin with "role": "user".', '请以 "role": "user" 开头。'),
        )
    for at in range(1, len(messages)):
        before, now = messages[at - 1], messages[at]
        if now.get("role") == before.get("role") == "assistant":
            yield _not_alternating(at)
        yield from _tool_pairs(before, now, at)
    yield from _tool_pairs(messages[-1], {}, len(messages))
    last = messages[-1]
    content = last.get("content")
    if last.get("role") == "assistant" and isinstance(content, str) and content != content.rstrip():
        yield error(
            "prefill_whitespace",
            f"messages[{len(messages) - 1}].content",
            ("A prefilled answer must not end in white space.", "预填的助手消息末尾不能有空白。"),
            ("Trim its end.", "请去掉末尾的空白。"),
        )


def _call_ids(message: Mapping[str, Any]) -> list[str]:
    calls = message.get("tool_calls")
    if not isinstance(calls, list):
        return []
    return [call["id"] for call in calls if isinstance(call, Mapping) and isinstance(call.get("id"), str)]


def _tool_answer(message: Mapping[str, Any], at: int, open_calls: dict[str, int]) -> Iterator[RequestFinding]:
    call = message.get("tool_call_id")
    if isinstance(call, str) and call in open_calls:
        del open_calls[call]
        return
    yield error(
        "tool_result_without_call",
        f"messages[{at}].tool_call_id",
        (
            "This tool result answers no call of the assistant message before it.",
            "这条工具结果在前一条助手消息里找不到对应的调用。",
        ),
        (
            "Keep the assistant message with tool_calls right before it, and repeat its id.",
            "请保留紧邻其前、带 tool_calls 的助手消息，并使用相同的 id。",
        ),
    )


def _unanswered(open_calls: Mapping[str, int]) -> Iterator[RequestFinding]:
    for at in sorted(set(open_calls.values())):
        yield error(
            "tool_call_unanswered",
            f"messages[{at}].tool_calls",
            ("A tool call has no result right after it.", "有工具调用没有紧跟对应的结果。"),
            (
                "Add one tool message for every call id before the next message.",
                "请在下一条消息之前，为每个调用 id 各补一条 tool 消息。",
            ),
        )


def _not_alternating(at: int) -> RequestFinding:
    return warning(
        "roles_alternate",
        f"messages[{at}].role",
        ("Two turns of the assistant follow each other.", "连续出现两条助手消息。"),
        ("Join them, so that user and assistant alternate.", "请合并，让 user 与 assistant 交替出现。"),
    )


def _tool_pairs(before: Mapping[str, Any], now: Mapping[str, Any], at: int) -> Iterator[RequestFinding]:
    asked, answered = _ids(before, "tool_use", "id"), _ids(now, "tool_result", "tool_use_id")
    if asked - answered:
        yield error(
            "tool_call_unanswered",
            f"messages[{at - 1}].content",
            (
                "A tool_use has no tool_result in the next message.",
                "tool_use 的下一条消息里没有 tool_result。",
            ),
            (
                "Begin the next user message with one tool_result for every tool_use.",
                "请让下一条 user 消息以对应的 tool_result 开头。",
            ),
        )
    if answered - asked:
        yield error(
            "tool_result_without_call",
            f"messages[{at}].content",
            (
                "A tool_result answers no tool_use of the message before.",
                "tool_result 在前一条消息里没有对应的 tool_use。",
            ),
            ("Keep the assistant message that asked for the tool.", "请保留发起该工具调用的助手消息。"),
        )


def _ids(message: Mapping[str, Any], kind: str, name: str) -> set[str]:
    content = message.get("content")
    parts = content if isinstance(content, list) else []
    found = [part.get(name) for part in parts if isinstance(part, Mapping) and part.get("type") == kind]
    return {item for item in found if isinstance(item, str)}
