"""What a request body says to a model goes out of a text; its shape stays: roles, types, names, and sizes.

A verdict rests on the shape and on the error, not on the conversation. Read from the characters, not parsed: bodies
come broken, cut short, quoted by a shell or written as a string within JSON.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Of what stands in a conversation, only these values stay. Elsewhere in a body only those of `_SPOKEN` go.
_SHAPE = frozenset(
    {
        "role", "type", "name", "id", "tool_call_id", "call_id", "tool_use_id", "detail", "format", "status", "model",
        "media_type", "mime_type", "mimeType", "finish_reason", "object", "cache_control", "is_error",
    }
)  # fmt: skip
_SPOKEN = frozenset(
    {
        "content", "text", "prompt", "negative_prompt", "input", "instructions", "system", "arguments", "lyrics",
        "image", "images", "image_url", "url", "data", "file_data", "b64_json", "audio", "video", "query", "documents",
    }
)  # fmt: skip
_CONVERSATIONS = ("messages", "contents")
_OTHERS = (
    "prompt", "negative_prompt", "input", "instructions", "system", "system_instruction", "systemInstruction", "lyrics",
)  # fmt: skip
_SPACE = r"(?:\s|\\+[nrt])*"
_KEYS = re.compile(
    rf"""(?<![\\\w])(?P<quote>\\*["'])(?P<key>{"|".join((*_CONVERSATIONS, *_OTHERS))})(?P=quote){_SPACE}:{_SPACE}"""
    rf"""|\b(?P<named>{"|".join(_CONVERSATIONS)})\s*=\s*(?=\[)"""
)
_IS_REQUEST = re.compile(rf"""["'](?:model|messages|contents)\\*["']{_SPACE}:|\bmodel\s*=""")
_TOKEN = re.compile(r"""\\*["']|[][{},:]|\n[ \t]*\n""")
_LEFT_OUT = re.compile(r"(?:data:[\w/+.-]*;base64,)?\[left out: \d+chars\]")
_MEDIA = re.compile(r"data:[\w/+.-]{0,60};base64,")
MOST_DEEP = 64


@dataclass(frozen=True, slots=True)
class Minimised:
    """`left_out` counts the parts whose words went."""

    text: str
    left_out: int = 0


@dataclass(slots=True)
class _Cuts:
    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        if end > start and not _LEFT_OUT.fullmatch(self.text, start, end):
            self.spans.append((start, end))


def minimise(text: str) -> Minimised:
    """Never raises; linear in the length of the text; doing it twice changes nothing."""
    if not any(key in text for key in (*_CONVERSATIONS, *_OTHERS)) or not _IS_REQUEST.search(text):
        return Minimised(text)
    cuts, at = _Cuts(text), 0
    while found := _KEYS.search(text, at):
        quote = found["quote"] or _quote_after(text, found.end())
        at = _value(cuts, found.end(), quote, spoken=found["key"] not in (None, *_CONVERSATIONS))
    pieces = list(_pieces(text, cuts.spans))
    return Minimised("".join(pieces), len(cuts.spans))


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Sizes are written so that no reader takes them for a status or an amount."""
    done = 0
    for start, end in spans:
        media = _MEDIA.match(text, start, end)
        yield text[done:start]
        yield f"{media[0] if media else ''}[left out: {end - start}chars]"
        done = end
    yield text[done:]


def _value(cuts: _Cuts, at: int, quote: str, *, spoken: bool) -> int:
    """Walk through one value; where reading goes on. `spoken`: only words go, not everything that is no shape."""
    text = cuts.text
    opened: list[tuple[str, str]] = []  # brackets, each with the key that it is the value of
    key, awaits_key = "", False
    while token := _TOKEN.search(text, at):
        mark = token[0]
        if not opened and text[at : token.start()].strip("\\nrt \n\t"):
            return at  # a number or a word: nothing is said in it
        at = token.end()
        if mark in "[{":
            if len(opened) == MOST_DEEP:
                return at
            opened.append((mark, key))
            awaits_key = mark == "{"
        elif mark in "]}":
            if not opened:
                return token.start()
            _, key = opened.pop()
            awaits_key = False
        elif mark == ",":
            if not opened:
                return at
            awaits_key = opened[-1][0] == "{"
            key = opened[-1][1]
        elif mark == ":":
            awaits_key = False
        elif mark[0] == "\n":
            return at  # a blank line: what was pasted ended in the middle
        else:
            if not _is_quote(mark, quote):
                if len(mark) < len(quote):
                    return token.start()  # the string that all this stands in ends here
                continue
            end, after, is_whole = _string(text, at, mark)
            if awaits_key and is_whole:
                key, awaits_key = text[at:end], False
            elif key in _SPOKEN or (not spoken and key not in _SHAPE) or not opened or (spoken and not key):
                cuts.add(at, end)
            at = after
            if not is_whole:
                return at
        if not opened and mark not in ":,":
            return at
    return len(text)


def _string(text: str, start: int, quote: str) -> tuple[int, int, bool]:
    """Where the string's content ends, where it goes on after it, and whether it was closed."""
    sign, slashes = quote[-1], len(quote) - 1
    line = text.find("\n", start)
    limit = len(text) if line < 0 else line
    at = start
    while (at := text.find(sign, at, limit)) >= 0:
        before = at
        while before > start and text[before - 1] == "\\":
            before -= 1
        count = at - before
        if count < slashes:
            return before, before, False
        if (count - slashes) % (2 * (slashes + 1)) == 0:
            return at - slashes, at + 1, True
        at += 1
    return limit, limit, False


def _is_quote(mark: str, quote: str) -> bool:
    """Python writes strings in either sign, JSON in one; deeper ones carry more backslashes."""
    return mark == quote or (len(mark) == len(quote) == 1 and quote == "'")


def _quote_after(text: str, at: int) -> str:
    """Of `messages=[…]`: the sign that its keys are written in."""
    token = re.compile(r"""\\*["']""").search(text, at)
    return token[0] if token else '"'
