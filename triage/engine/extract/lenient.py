"""Objects as they are pasted: JSON, Python's repr, JavaScript's inspector output, cut off or broken anywhere.

Well-formed JSON takes the fast way through the standard library. Everything else is read token by token: an
unknown word is a string, what cannot be read is skipped to the next key, and the end of the text closes all.
"""

import json
import re

Node = dict[str, "Node"] | list["Node"] | str | int | float | bool | None

MAX_DEPTH = 40
MAX_TOKENS = 4_000
MAX_FAST_DEPTH = 200

_decoder = json.JSONDecoder(strict=False)
_DEEP = re.compile(rf"(?:[\[{{]\s*+){{{MAX_FAST_DEPTH}}}")
_KEY = re.compile(r"""[\s,]*+(?:"([^"\\\n]{0,120})"|'([^'\\\n]{0,120})'|([\w$@.-]{1,120}))\s*+[:=]>?\s*+""")
_STRING = re.compile(
    r"""[bru]?(?:"((?:[^"\\]++|\\.)*+)(?:"|\\?$)|'((?:[^'\\]++|\\.)*+)(?:'|\\?$)|`((?:[^`\\]++|\\.)*+)(?:`|\\?$))""",
    re.DOTALL,
)
_JOIN = re.compile(r"""\s*+\+\s*+(?=["'`])""")
_BARE = re.compile(r"[^,}\]\n]{0,400}")
_NEXT_KEY = re.compile(r"""["'][\w$@.-]{1,60}["']\s*+:|[}\]]""")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?(?:[eE][+-]?\d{1,3})?\Z")
_WORDS: dict[str, Node] = {
    "true": True, "false": False, "null": None, "none": None, "undefined": None, "nan": None,
}  # fmt: skip
_SHORT_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "\n": ""}


def whole(text: str) -> str:
    """The same text with halves of surrogate pairs joined or replaced: it can be encoded."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def parse(text: str, start: int) -> tuple[Node, int]:
    """The object or list that begins at `start`, and where it ends."""
    if not _DEEP.match(text, start):
        try:
            return _decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            pass
    return _Parser(text).value(start, 0)


def unescape(text: str) -> str:
    r"""One layer of backslashes off: `{\"a\": \"b\"}` becomes `{"a": "b"}`."""
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1)
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _SHORT_ESCAPES.get(code, code)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = 0

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        self.tokens += 1
        first = self.text[at : at + 1]
        if depth > MAX_DEPTH or self.tokens > MAX_TOKENS:
            return None, len(self.text)
        if first == "{":
            return self.object(at + 1, depth)
        if first == "[":
            return self.list(at + 1, depth)
        if string := _STRING.match(self.text, at):
            return self.string(string)
        return self.bare(at)

    def object(self, at: int, depth: int) -> tuple[Node, int]:
        found: dict[str, Node] = {}
        while key := self.key(at):
            name = key.group(key.lastindex or 0)
            found[name], at = self.value(key.end(), depth + 1)
        return found, self.close(at, "}")

    def key(self, at: int) -> re.Match[str] | None:
        """The next key of the same object, stepping over what cannot be read, but never over its end."""
        if key := _KEY.match(self.text, at):
            return key
        self.tokens += 1
        if self.tokens > MAX_TOKENS:
            return None
        following = _NEXT_KEY.search(self.text, at, at + 2_000)
        if following is None or following.group() in "}]":
            return None
        return _KEY.match(self.text, following.start())

    def list(self, at: int, depth: int) -> tuple[Node, int]:
        found: list[Node] = []
        while self.tokens < MAX_TOKENS:
            at = self.skip_separators(at)
            if at >= len(self.text) or self.text[at] in "]}":
                break
            item, end = self.value(at, depth + 1)
            found.append(item)
            at = max(end, at + 1)
        return found, self.close(at, "]")

    def skip_separators(self, at: int) -> int:
        match = _SEPARATORS.match(self.text, at)
        return match.end() if match else at

    def close(self, at: int, bracket: str) -> int:
        at = self.skip_separators(at)
        return at + 1 if self.text[at : at + 1] == bracket else at

    def string(self, match: re.Match[str]) -> tuple[Node, int]:
        parts = [match.group(match.lastindex or 0)]
        end = match.end()
        while (join := _JOIN.match(self.text, end)) and (more := _STRING.match(self.text, join.end())):
            parts.append(more.group(more.lastindex or 0))
            end = more.end()
        text = "".join(parts)
        return (unescape(text) if "\\" in text else text), end

    def bare(self, at: int) -> tuple[Node, int]:
        match = _BARE.match(self.text, at)
        word = match.group().strip() if match else ""
        end = match.end() if match else at
        return _plain(word), end


_SEPARATORS = re.compile(r"[\s,;]*+")


def _plain(word: str) -> Node:
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if not _NUMBER.match(word):
        return word
    return int(word) if word.lstrip("-").isdecimal() else float(word)
