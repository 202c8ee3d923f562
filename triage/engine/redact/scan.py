"""One pass of a pattern set tells which finders have anything to look for; only those run."""

from collections.abc import Callable, Iterable

from . import block, companion, encoded, labelled, names, personal, shapes, split, url
from .hit import Hit
from .pattern import compiled_set
from .view import INVISIBLE, View, plain, unescaped

Finder = Callable[[str], Iterable[Hit]]

_SECRETS: tuple[tuple[str, Finder], ...] = (
    (shapes.PATTERN, shapes.find_shapes),
    (split.PATTERN, split.find_split),
    (names.PATTERN, labelled.find_labelled),
    (url.PATTERN, url.find_in_urls),
    (block.PEM_PATTERN, block.find_private_keys),
    (companion.PATTERN, companion.find_companions),
)
_WHOLE_TEXT: tuple[tuple[str, Finder], ...] = (
    (encoded.PATTERN, lambda text: encoded.find_encoded(text, _secrets_in)),
    (block.BLOB_PATTERN, block.find_blobs),
)
_PERSONAL: tuple[tuple[str, Finder], ...] = (
    (personal.EMAIL_PATTERN, personal.find_emails),
    (personal.NUMBER_PATTERN, personal.find_numbers),
    (personal.IP_PATTERN, personal.find_addresses),
    (personal.IP6_PATTERN, personal.find_long_addresses),
)
_FINDERS = _SECRETS + _WHOLE_TEXT + _PERSONAL
_LOOKALIKE_PATTERN = (
    r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]"
    r"|[A-Za-z0-9_\-][\x{2010}-\x{2015}\x{2212}]+[A-Za-z0-9_\-]"
    rf"|[{INVISIBLE}]"
)
_ESCAPE_PATTERN = r"\\u[0-9a-fA-F]{4}|\\x[0-7][0-9a-fA-F]|%[2-7][0-9a-fA-F]|%0[aAdD9]|&#?\w{1,8};"
_LOOKALIKES, _ESCAPES = len(_FINDERS), len(_FINDERS) + 1


_SET = compiled_set([pattern for pattern, _ in _FINDERS] + [_LOOKALIKE_PATTERN, _ESCAPE_PATTERN])


def has_signs(text: str) -> bool:
    """Whether any finder has something to look for. Without signs, a text holds nothing that would be masked."""
    return bool(_SET.Match(text))


def hits_of(text: str, *, personal: bool) -> list[Hit]:
    """Every hit, with its offsets in the text as given and its secret as the finder read it."""
    seen = set(_SET.Match(text) or ())
    if _LOOKALIKES in seen:
        view = plain(text)
        found = _in_view(view, set(_SET.Match(view.text) or ()), personal)
    else:
        found = _in_view(View(text), seen, personal)
    if _ESCAPES in seen:
        view = unescaped(text)
        found += _in_view(view, set(_SET.Match(view.text) or ()), personal)
    return found


def _in_view(view: View, seen: set[int], personal: bool) -> list[Hit]:
    last = len(_FINDERS) if personal else len(_SECRETS) + len(_WHOLE_TEXT)
    return [
        _raw(hit, view) for index in sorted(seen) if index < last for hit in _FINDERS[index][1](view.text)
    ]


def _raw(hit: Hit, view: View) -> Hit:
    start, end = view.raw_span(hit.start, hit.end)
    return Hit(hit.kind, start, end, hit.rank, hit.shown, hit.secret or view.text[hit.start : hit.end])


def _secrets_in(text: str) -> list[Hit]:
    seen = _SET.Match(text) or ()
    return [hit for index in sorted(seen) if index < len(_SECRETS) for hit in _SECRETS[index][1](text)]
