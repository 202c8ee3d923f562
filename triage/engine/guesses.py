"""What customers only suppose about a cause: `is it the rate limit?` is no sign that it is."""

import re
from collections.abc import Iterable, Iterator

import re2

from .evidence import Span
from .pattern import pattern_options

_SUPPOSED = (
    r"\b(maybe|perhaps|could (it|this|that) (be|have)|is (it|this|that) (because|due|possible|related|caused)|"
    r"i (guess|suspect|assume|wonder|suppose)|not sure (if|whether)|(or|and) is it|does (it|this|that) mean|"
    r"might (it )?be (the|a|an|my|that|because|due|related)|whether (it|this|the))\b|"
    r"是不是|是否|会不会|难道|怀疑|我猜|猜测|可能是|也许|或许|不(知道|确定|清楚)是"
)
_ONE_OR_THE_OTHER = r"是[^，。\n]{1,14}[，,]? ?还是[^。\n]{1,20}(问题|原因|吗|呢|[?？])"
_CLAUSE_END = re.compile(r"[\n。！？!?；;，,]|\. ")


_PATTERN = re2.compile(_SUPPOSED, pattern_options())
_CHOICE = re.compile(rf"(?:^|(?<=[，,。；\s])){_ONE_OR_THE_OTHER}", re.MULTILINE)


def guesses(text: str, machine: Iterable[Span]) -> tuple[Span, ...]:
    """Clauses of the customer's own words that only suppose something."""
    found = [Span(*match.span()) for match in _CHOICE.finditer(text)] if "还是" in text else []
    if _PATTERN.search(text) is not None:
        found += _clauses(text)
    machine = tuple(machine)
    return tuple(span for span in found if not any(part.start <= span.start < part.end for part in machine))


def _clauses(text: str) -> Iterator[Span]:
    start = 0
    for end in (*(match.end() for match in _CLAUSE_END.finditer(text)), len(text)):
        if end > start and _PATTERN.search(text[start:end]):
            yield Span(start, end)
        start = end
