"""Reading a page as a browser would, and saying where its markup is wrong."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements that hold words and what stands in a line, and those that do not fit into them.
IN_LINE = {
    "a",
    "button",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "label",
    "p",
    "small",
    "span",
    "strong",
    "summary",
    "time",
}
BLOCKS = {"article", "aside", "div", "dl", "fieldset", "footer", "form", "header", "main", "nav", "ol", "p", "pre",
          "section", "table", "ul"}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HIDDEN = {"script", "style", "title"}


@dataclass
class ReadPage:
    """`problems` is empty for markup that nests, whose ids are unique and whose references lead somewhere."""

    problems: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    visible: str = ""
    data: str = ""


def read_page(html: str) -> ReadPage:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    page = reader.page
    page.problems += [f"<{tag}> is never closed" for tag in reader.open]
    page.problems += [f"id {name} stands twice" for name in sorted(set(page.ids)) if page.ids.count(name) > 1]
    page.problems += [f"{name} is no id of the page" for name in reader.named if name not in page.ids]
    return page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = ReadPage()
        self.open: list[str] = []
        self.named: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take(tag, {name: value or "" for name, value in attrs})
        if tag in BLOCKS and self.open and self.open[-1] in IN_LINE - {"a"}:
            self.page.problems.append(f"<{tag}> at {self.getpos()} does not fit into <{self.open[-1]}>")
        if len({name for name, _ in attrs}) < len(attrs):
            self.page.problems.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.problems.append(f"</{tag}> at {self.getpos()} closes nothing")

    def handle_data(self, data: str) -> None:
        if not HIDDEN & set(self.open):
            self.page.visible += data
        elif self.open[-1] == "script":
            self.page.data += data

    def _take(self, tag: str, attributes: dict[str, str]) -> None:
        page = self.page
        if "id" in attributes:
            page.ids.append(attributes["id"])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.named += attributes.get(name, "").split()
        if tag == "a" and "href" in attributes:
            page.links.append(attributes["href"])
        if tag == "link" and attributes.get("rel") in ("stylesheet", "icon"):
            page.files.append(attributes["href"])
        if "src" in attributes:
            page.files.append(attributes["src"])
        if tag == "use":
            page.files.append(attributes["href"].partition("#")[0])
        if tag == "meta" and "name" in attributes:
            page.metas[attributes["name"]] = attributes.get("content", "")
        if tag in ("h1", "h2", "h3"):
            page.headings.append(tag)
