"""The one way patterns of rules and stories are compiled and objected to."""

import re2

LONGEST_PATTERN = 4_000
PATTERN_MEMORY = 8 << 20


def pattern_options() -> "re2.Options":
    """The one way patterns are compiled: without case, with bounded memory, quiet on errors."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.never_capture = True
    options.max_mem = PATTERN_MEMORY
    return options


def pattern_objection(pattern: str, longest: int = LONGEST_PATTERN) -> str:
    """Why RE2 refuses a pattern, in RE2's words; empty when it takes it."""
    if len(pattern) > longest:
        return f"pattern is longer than {longest} characters"
    try:
        compiled = re2.compile(pattern, pattern_options())
    except re2.error as refusal:
        said = refusal.args[0] if refusal.args else refusal
        return f"pattern {pattern!r}: {said.decode() if isinstance(said, bytes) else said}"
    return f"pattern {pattern!r} matches the empty text" if compiled.search("") else ""
