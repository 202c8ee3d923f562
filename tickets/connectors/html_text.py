"""Text of an HTML mail. Nothing is fetched, nothing is run; quoted parts get the `> ` that plain mail has."""

import re
from html.parser import HTMLParser

import nh3

MOST_CHARS = 200_000  # of the page
MOST_QUOTES = 6  # marks before a line; deeper quotes look the same
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
     "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)  # fmt: skip
_KEPT = {*_BLOCKS, "br", "td", "th"}
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "ul", "ol"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def text_of_html(page: str) -> str:
    """Reads whatever calls itself HTML. It is made well-formed first: on broken markup the parser of the standard
    library takes minutes for a small page, or raises.
    """
    reader = _Reader()
    reader.feed(
        nh3.clean(page[:MOST_CHARS], tags=_KEPT, attributes={}, link_rel=None, clean_content_tags=_UNSEEN)
    )
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._quotes = self._pre = 0

    @property
    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    @property
    def _marks(self) -> str:
        return "> " * min(self._quotes, MOST_QUOTES)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag in _BLOCKS:
            self._block(tag)
            self._quotes += tag == "blockquote"
            self._pre += tag == "pre"
            if tag == "li":
                self._line = "- "
        elif tag in ("td", "th") and self._line.strip():
            self._line += "\t"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._block(tag)
            self._quotes = max(0, self._quotes - (tag == "blockquote"))
            self._pre = max(0, self._pre - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._pre:
            *whole, last = data.split("\n")
            for line in whole:
                self._line += line
                self._end_line(even_empty=True)
            self._line += last
            return
        words = _BLANKS.sub(" ", data)
        self._line += words.lstrip(" ") if not self._line or self._line.endswith((" ", "\t")) else words

    def _block(self, tag: str) -> None:
        self._end_line()
        if tag in _APART and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._marks)

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = self._line.replace("\xa0", " ").rstrip()
        if line or even_empty:
            self._lines.append(self._marks + line)
        self._line = ""
