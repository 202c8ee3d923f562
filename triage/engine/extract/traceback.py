"""Exceptions by their names, as Python, JavaScript, Java and Go write them, with the module in front."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Page, occurrences, run_before
from .providers import provider_of_stem

_ENDINGS = ("error", "exception", "errorbasic", "timeout", "disconnected", "exhausted", "failed")
MOST_EXCEPTIONS = 16
_ANY_CASE = ("error", "exception")
_NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_MODULE_CHARACTERS = "".join(chr(code) for code in range(128) if chr(code).isalnum()) + "_$."
_NAME = re.compile(
    (
        r"[A-Z]\w{0,80}(?:Error|Exception|ErrorBasic|Timeout|Disconnected|"
        r"Exhausted)(?![a-z_])(?:\w{0,20})"
    ),
    re.ASCII,
)
_OF_MODULE = re.compile(r"exceptions\.[A-Z][a-z]\w{2,60}(?![\w.(])", re.ASCII)
_GENERIC = re.compile(r"(?:Exception|Error)(?=: )", re.ASCII)
_RAISED = (
    "raised ",
    "raise ",
    "throws ",
    "threw ",
    "throw ",
    "抛出",
    "异常：",
    "异常:",
    "错误类型: ",
    "错误类型：",
    "错误类型:",
    "error type: ",
    "got exception: ",
    "异常",
    "caught ",
)


def read_exceptions(page: Page) -> Iterator[Reading]:
    for ending in _ENDINGS:
        for found in occurrences(page.letters, ending + " ", MOST_EXCEPTIONS):
            end = found - 1 + len(ending)  # the track of letters begins with one blank more
            start = end - len(run_before(page.low, end, _NAME_CHARACTERS, 80))
            if ending not in _ANY_CASE and not page.text[start].isupper():
                continue
            yield from _read_at(page, start)
            if slug := provider_of_stem(page.low[start : end - len(ending)].strip("_")):
                yield Reading("provider", slug, Span(start, end), "traceback.provider", 0.38)


def read_module_exceptions(page: Page) -> Iterator[Reading]:
    """`google.api_core.exceptions.ServiceUnavailable`: the module says what the name does not."""
    for at in occurrences(page.low, "exceptions.", 6):
        if match := _OF_MODULE.match(page.text, at):
            start = at - len(run_before(page.text, at, _MODULE_CHARACTERS, 160).lstrip(".0123456789"))
            yield Reading(
                "exception", page.text[start : match.end()], Span(start, match.end()), "traceback.module", 0.7
            )


def _read_at(page: Page, at: int) -> Iterator[Reading]:
    match = _NAME.match(page.text, at)
    if match is None:
        if (generic := _GENERIC.match(page.text, at)) and _line_before(page.text, at) == "":
            yield Reading(
                "exception", generic.group(), Span(*generic.span()), "traceback.generic", 0.1 + at * 1e-8
            )
        return
    start = at
    module = run_before(page.text, at, _MODULE_CHARACTERS, 160).lstrip(".0123456789")
    if module.endswith("."):
        start -= len(module)
    yield Reading(
        "exception",
        page.text[start : match.end()],
        Span(start, match.end()),
        "traceback",
        _trust(page, start, match.end()),
    )


def _trust(page: Page, start: int, end: int) -> float:
    text = page.text
    before = page.low[max(0, start - 20) : start]
    after = text[end : end + 10].lstrip()
    line = _line_before(text, start)
    if after.startswith("(") and before.endswith(("raise ", "throw ", "new ")):
        return 0.3  # a line of source, quoted by the traceback
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isupper():
        return 0.2  # `InternalError.Algo`: a code
    if before.endswith(("cause: ", 'cause": "', "[cause]: ")):
        return 0.45  # what is behind the exception that was met
    if before.endswith(_RAISED):
        return 0.82
    if line.strip().lower().rstrip(": ").endswith("cause"):
        return 0.6  # what an exception was caused by; the one that the program saw stands before it
    if after.lower().startswith(("- error", "- {")):
        return 0.74
    if line == "" and (after.startswith((":", "[", "{", "\n")) or not after):
        return 0.8
    if "." in text[start:end] and not before.endswith("at "):
        return 0.78
    if before.endswith("[") and after.startswith("]"):
        return 0.76
    if line.rstrip().lower().endswith(("error:", "error", "uncaught", ":")):
        return 0.7
    return 0.62 if before.endswith(("at ", "at async ")) else 0.5 - (0.1 if before.endswith("(") else 0)


def _line_before(text: str, at: int) -> str:
    """What stands before on the same line, without marks and indentation."""
    start = text.rfind("\n", max(0, at - 120), at) + 1
    return text[start:at].strip(" \t|❌✖>*!■●⎿-[`\"'#") if start or at < 120 else text[at - 40 : at]
