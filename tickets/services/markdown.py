"""What the desk writes is Markdown: sanitised HTML on pages, plain text in letters.

What customers paste is evidence and stays as they wrote it: an error is no Markdown.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .masks import shown_masked

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "i": {"class"}, "ol": {"start"}, "pre": {"tabindex"}}
SCHEMES = {"http", "https", "mailto"}
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((https?://[^\s()]+|/[^\s()]*)\)")
_SIGNS = re.compile(r"`+|\*\*|(?m:^(?:#+|>|[-*]) )")
_FENCE = re.compile(r"(?m)^[ \t]*```[\w+-]*[ \t]*\n?")


@lru_cache(maxsize=512)
def to_html(text: str) -> str:
    """Safe to put on any page: raw HTML is shown as text, images are left out, masks of secrets are marked."""
    return nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def as_plain(text: str) -> str:
    """For a letter: links say where they lead, fences of code go, all else reads as it was written."""
    return _FENCE.sub("", _LINK.sub(r"\1: \2", text))


def words_of(text: str) -> str:
    """For one line and for machines: the words alone, as they are read on the page."""
    return " ".join(_SIGNS.sub("", _LINK.sub(r"\1", _FENCE.sub("", text))).split())


def _text(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return shown_masked(tokens[index].content)


def _code(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return f"<code>{shown_masked(tokens[index].content)}</code>"


def _block(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    # Reached by keyboard, since a long line scrolls.
    return f'<pre tabindex="0"><code>{shown_masked(tokens[index].content)}</code></pre>\n'


def _heading(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """A message stands inside a page that has its own headings."""
    token = tokens[index]
    return f"<{'/' if token.nesting < 0 else ''}h{min(4, 2 + int(token.tag[1]))}>"


def _made() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    markdown.disable("image")
    rules: dict[str, Any] = {
        "text": _text,
        "code_inline": _code,
        "code_block": _block,
        "fence": _block,
        "heading_open": _heading,
        "heading_close": _heading,
    }
    for name, rule in rules.items():
        markdown.add_render_rule(name, rule)
    return markdown


_markdown = _made()
