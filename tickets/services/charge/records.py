"""Records of charges as people paste them: a table, JSON objects, or log lines of a gateway. Pure; nothing is judged.

A record is a mapping of lower-case names to what stood there, with the number of its line.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Record = tuple[int, Mapping[str, Any]]

_PAIR = re.compile(r"""([A-Za-z_][\w.]*)\s*[=:：]\s*(?:"([^"]*)"|'([^']*)'|([^\s,;，；|]+))""")
_MOMENT = re.compile(r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_MONEY = re.compile(
    r"(?P<sign>[$¥￥€])\s?(?P<signed>\d+(?:\.\d+)?)|(?P<sum>\d+(?:\.\d+)?)\s?(?P<code>USD|CNY|EUR|GBP|JPY|RMB)\b"
)
_KINDS = (
    ("refund", re.compile(r"(?i)\brefund|\breturn(?:ed)?\b|\breleased?\b|退款|退还|返还|退回")),
    ("reserve", re.compile(r"(?i)\breserv|\bpre-?consum|\bhold\b|预扣|预扣费|冻结")),
    ("settle", re.compile(r"(?i)\bsettle|\bconsum|\bcharge|\bbilled\b|\bspend\b|扣费|结算|消费")),
)
_SIGNS = {"$": "USD", "¥": "CNY", "￥": "CNY", "€": "EUR"}


class NotRead(ValueError):
    """The text as a whole cannot be read; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def records_of(text: str) -> Iterator[Record]:
    """Raises NotRead where JSON or a table breaks off."""
    text = text.lstrip("\ufeff")
    first = text.lstrip()[:1]
    if first == "[":
        yield from _from_array(text)
    elif first == "{":
        yield from _from_objects(text)
    elif _is_table(text.splitlines()[0] if text.strip() else ""):
        yield from _from_table(text)
    else:
        yield from _from_log(text)


def _is_table(line: str) -> bool:
    return any(mark in line for mark in ",;\t") and not _PAIR.search(line) and not _MOMENT.search(line)


def _from_array(text: str) -> Iterator[Record]:
    try:
        rows = json.loads(text)
    except ValueError as problem:
        raise NotRead(getattr(problem, "lineno", 1)) from problem
    for number, row in enumerate(rows, start=1):
        yield number, _lowered(row) if isinstance(row, dict) else {}


def _from_objects(text: str) -> Iterator[Record]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as problem:
                raise NotRead(number) from problem
            yield number, _lowered(row) if isinstance(row, dict) else {}


def _from_table(text: str) -> Iterator[Record]:
    lines = text.splitlines()
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        header = [name.strip().lower().replace(" ", "_") for name in next(reader)]
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, dict(zip(header, (cell.strip() for cell in row), strict=False))
    except csv.Error as problem:
        raise NotRead(reader.line_num) from problem


def _from_log(text: str) -> Iterator[Record]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, _from_line(line)


def _from_line(line: str) -> dict[str, Any]:
    """Names with values, and what can be told from the words beside them."""
    found: dict[str, Any] = {name.lower(): a or b or c for name, a, b, c in _PAIR.findall(line)}
    moment = _MOMENT.search(line)
    if moment:
        found["at"] = moment[0].replace("/", "-")
    kind = next((kind for kind, words in _KINDS if words.search(line)), "")
    if kind:
        found.setdefault("kind", kind)
    money = _MONEY.search(line)
    if money:
        found.setdefault("amount", money["signed"] or money["sum"])
        found.setdefault("currency", _SIGNS.get(money["sign"] or "", money["code"] or ""))
    return found


def _lowered(row: dict[str, Any]) -> dict[str, Any]:
    return {str(name).lower(): value for name, value in row.items()}
