"""Splits a pasted command into its words, as a shell would: quotes, continued lines, and Windows carets."""

import re

_CONTINUED = re.compile(r"[\\`^][ \t]*\r?\n[ \t]*")
_ANSI = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_ANSI_CODES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WORD = re.compile(
    r"""\$'(?P<ansi>(?:[^'\\]|\\.)*+)'?|'(?P<single>[^']*+)'?|"(?P<double>(?:[^"\\]|\\.)*+)"?|\\(?P<escaped>.)"""
    r"""|(?P<plain>[^\s'"\\$]++|[\\$])""",
    re.DOTALL,
)
_BLANK = re.compile(r"\s+")
MOST_WORDS = 400


def words_of(command: str) -> list[str]:
    """Never raises; a quote that is never closed ends with the text. Ends at an unquoted `|`, `;` or `&&`."""
    text = _CONTINUED.sub(" ", _without_carets(command))
    words: list[str] = []
    at = 0
    while at < len(text) and len(words) < MOST_WORDS:
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        word, at, quoted = _word(text, at)
        if not quoted and word in ("|", ";", "&&", "||", ">", "&"):
            break
        words.append(word)
    return words


def _without_carets(command: str) -> str:
    """The Windows prompt escapes each quote with a caret; browsers copy commands in that form."""
    return re.sub(r"\^(.)", r"\1", command) if '^"' in command else command


def _word(text: str, at: int) -> tuple[str, int, bool]:
    pieces: list[str] = []
    quoted = False
    while at < len(text) and (piece := _WORD.match(text, at)):
        at = piece.end()
        kind = piece.lastgroup or "plain"
        said = piece[kind]
        quoted = quoted or kind != "plain"
        if kind == "ansi":
            said = _ANSI.sub(_unescaped, said)
        elif kind == "double":
            said = re.sub(r'\\(["\\$`])', r"\1", said)
        pieces.append(said)
    return "".join(pieces), at, quoted


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ANSI_CODES.get(code, code)
