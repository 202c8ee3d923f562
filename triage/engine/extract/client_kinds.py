"""Programs nobody has heard of, told by the kind of thing they are: `the Foo plugin`, `Foo 客户端`."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Page, occurrences, run_before
from .models import family
from .providers import provider_named

_KINDS = ("plugin", "extension", "client", "app", "ide", "editor", "desktop", "cli")
_KINDS_ZH = ("插件", "客户端", "软件", "机器人", "扩展")
_NAME = re.compile(r"(?<![\w/.-])([A-Z][\w-]{2,24}(?: [A-Z][\w-]{1,20})?) \Z", re.ASCII)
_NAME_ZH = re.compile(r"(?<![\w/.-])([A-Za-z][\w-]{2,24}) ?\Z", re.ASCII)
_WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_NO_NAMES = frozenset(
    """
    the this that my our your any using when with from and for also other another same every each no user server
    api sdk http https chat web local cloud desktop mobile windows macos linux android ios docker python node nodejs
    java javascript go golang rust php chrome firefox edge browser telegram discord slack code vs vscode visual studio
    error invalid unknown openai official custom simple new old latest beta llm ai gpt
    """.split()  # noqa: SIM905 - a list of so many words reads worse
)


def read_named_clients(page: Page) -> Iterator[Reading]:
    for word in _KINDS:
        if word in page.words:
            for at in page.places(word)[:4]:
                yield from _named_before(page, at, _NAME)
    for word in _KINDS_ZH if page.characters else ():
        for at in occurrences(page.low, word, 4):
            yield from _named_before(page, at, _NAME_ZH)


def _named_before(page: Page, at: int, name: re.Pattern[str]) -> Iterator[Reading]:
    word = run_before(page.text, at - 1 if page.text[at - 1 : at] == " " else at, _WORD, 26)
    if len(word) < 3 or word.lower() in _NO_NAMES:
        return
    start = max(0, at - 48)
    found = name.search(page.text[start:at])
    if found is None:
        return
    words = found.group(1)
    parts = words.lower().split()
    if not _NO_NAMES.isdisjoint(parts) or provider_named(words) or family(words)[0]:
        return
    span = Span(start + found.start(1), start + found.end(1))
    yield Reading("client", words, span, "client.kind", 0.3)
