"""Takes the URL out of what was pasted: quotes, full-width signs, variable names, broken schemes."""

import re
import unicodedata
from dataclasses import dataclass

from .base_url_words import UrlProblem

MAX_URL = 600
_SCHEME = re.compile(r"(?i)h?t{1,3}ps?\s*[:;]?\s*[/\\]{1,3}")
_REPEATED_SCHEME = re.compile(r"(?i)^(?:https?:/{0,2})+(?=https?:/)")
_ASSIGNMENT = re.compile(
    r"^\s*(?:export\s+|set\s+)?[\w.-]{2,40}\s*[:=]\s*(?=[\"'“‘`<]?\s*h?ttps?)", re.IGNORECASE
)
_METHOD = re.compile(r"^(?:GET|POST|PUT|HEAD|DELETE|PATCH)\s+", re.IGNORECASE)
_WRAPPING = " \t\r\n\"'`“”‘’«»<>()[]{},;，。；、《》（）"
_HOST = re.compile(r"^[A-Za-z0-9\u4e00-\u9fff_\[][^\s/]*(?:\.[A-Za-z]{2,}|:\d{2,5}|^localhost)(?=[/:?#]|$)")
_QUERY = re.compile(r"[?#].*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LiftedUrl:
    url: str
    problems: tuple[UrlProblem, ...]


def lift(text: str) -> LiftedUrl | None:
    """The URL in the text with a clean scheme, no user info, no query; None where there is no URL."""
    written = _METHOD.sub("", text[:MAX_URL].strip(" \t"))
    problems: list[UrlProblem] = []
    folded = _fold(written, problems)
    bare = _unwrap(folded, problems)
    url = _with_scheme(bare, problems)
    if url is None:
        return None
    url = _without_user(_cut(url, problems), problems)
    return LiftedUrl(url, tuple(dict.fromkeys(problems)))


def _fold(text: str, problems: list[UrlProblem]) -> str:
    """Full-width letters and signs become plain ones; invisible characters go."""
    if text.isascii():
        return text
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf")
    folded = unicodedata.normalize("NFKC", shown).replace("。", ".")
    if folded != text:
        problems.append(UrlProblem.STRAY_CHARACTERS)
    return folded


def _unwrap(text: str, problems: list[UrlProblem]) -> str:
    bare = _ASSIGNMENT.sub("", text).strip(_WRAPPING)
    if _ASSIGNMENT.match(text):
        return bare  # a whole settings line was pasted: the quotes in it belong there
    if bare != text:
        problems.append(UrlProblem.STRAY_CHARACTERS)
    return bare


def _with_scheme(text: str, problems: list[UrlProblem]) -> str | None:
    once = _REPEATED_SCHEME.sub("", text)
    if once != text:
        problems.append(UrlProblem.BROKEN_SCHEME)
    if once.startswith(("https://", "http://")):
        return once
    scheme = _SCHEME.match(once)
    if scheme is not None:
        problems.append(UrlProblem.BROKEN_SCHEME)
        return _named(scheme[0]) + once[scheme.end() :].lstrip("/\\ ")
    if _HOST.match(once) or once.partition("/")[0] == "localhost":
        problems.append(UrlProblem.MISSING_SCHEME)
        return "https://" + once if not _is_local(once) else "http://" + once
    return None


def _named(scheme: str) -> str:
    return "https://" if "s" in scheme.lower() else "http://"


def _is_local(text: str) -> bool:
    return text.startswith(("localhost", "127.", "192.168.", "10."))


def _cut(url: str, problems: list[UrlProblem]) -> str:
    """Ends the URL at the first character that cannot be part of one; a query or fragment goes too."""
    spaced = re.sub(r"(?<=[./:\w])[ \t]+(?=[./:]|v\d\b)|(?<=[./])[ \t]+(?=\w)", "", url)
    kept = re.split(r"[\s,;\"'`<>|\\^{}“”‘’]", spaced, maxsplit=1)[0]
    if kept != url:
        problems.append(UrlProblem.STRAY_CHARACTERS)
    bare = _QUERY.sub("", kept)
    if bare != kept and kept[len(bare) :] != "#":
        problems.append(UrlProblem.TRAILING_GARBAGE)
    return bare.rstrip(".,:;!…*")


def _without_user(url: str, problems: list[UrlProblem]) -> str:
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    if "@" not in authority:
        return url
    problems.append(UrlProblem.CREDENTIALS_IN_URL)
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"
