"""One flat table of everything a rule may test: evidence, text views, derived facts, context."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .context import Context, ContextValue
from .evidence import Evidence, Span, Value
from .facts import derive_facts
from .guesses import guesses
from .listen import hear
from .text import Folded, fold
from .unwrap import unwrap

SignalValue = Value | ContextValue
LONGEST_FALLBACK = 2_000  # a longer stretch is no message


@dataclass(frozen=True, slots=True)
class Haystack:
    """One stretch of text that patterns run over, as UTF-8, with the way back to the redacted text."""

    utf8: bytes
    folded: Folded
    whole: (
        Span | None
    )  # where a part that is not verbatim in the text was read from; None for the text itself

    def span(self, start: int, end: int) -> Span:
        """From byte offsets in `utf8` to characters of the redacted text."""
        if self.whole is not None:
            return self.whole
        if len(self.utf8) != len(self.folded.text):
            first = len(self.utf8[:start].decode("utf-8", "ignore"))
            end = first + len(self.utf8[start:end].decode("utf-8", "ignore"))
            start = first
        return self.folded.to_raw(Span(start, end))


@dataclass(frozen=True, slots=True)
class Signals:
    """`values` by signal name; `spans` where a value was read; `haystacks` for tests of the text views."""

    raw: str
    values: Mapping[str, SignalValue]
    spans: Mapping[str, Span]
    text: Haystack
    innermost: Haystack | None
    machine: tuple[Span, ...]
    guesses: tuple[Span, ...] = ()
    problems: tuple[str, ...] = ()

    def is_machine(self, span: Span) -> bool:
        """Whether a stretch begins inside machine output rather than in the customer's own words."""
        return any(part.start <= span.start < part.end for part in self.machine)

    def counts(self, span: Span, view: str) -> bool:
        """Whether words found here belong to a view; what a customer only supposes belongs to none."""
        if view != "text" and self.is_machine(span) != (view != "told"):
            return False
        return not any(part.start <= span.start < part.end for part in self.guesses)

    @property
    def unsupposed(self) -> str:
        """The text without what a customer only supposes."""
        pieces, at = [], 0
        for span in sorted(self.guesses, key=lambda span: span.start):
            pieces.append(self.raw[at : span.start])
            at = max(at, span.end)
        return "".join((*pieces, self.raw[at:]))

    def view(self, name: str) -> str:
        """A whole text view; `innermost` is the machine output where no error envelope was found."""
        if name == "text":
            return self.text.folded.text.strip()
        if name == "innermost" and self.innermost is not None:
            return self.innermost.folded.text.strip()
        if name == "told":
            return "".join(words for _, words in _told(self.raw, self.machine)).strip()
        return "".join(self.raw[part.start : part.end] for part in self.machine).strip()


def read_signals(text: str, evidence: Evidence, context: Context) -> Signals:
    """`text` is the redacted text that the evidence was read from."""
    folded = unwrap(fold(text))
    haystack = Haystack(folded.text.encode("utf-8"), folded, None)
    values: dict[str, SignalValue] = {}
    spans: dict[str, Span] = {}
    for name in dict.fromkeys(reading.field for reading in evidence):
        reading = evidence.best(name)
        if reading is None:
            continue
        values[name] = reading.value
        if reading.span is not None:
            spans[name] = reading.span
    values.update({f"context.{path}": value for path, value in context})
    values.update(derive_facts(folded.text, haystack.utf8, evidence, values))
    supposed = guesses(text, evidence.machine)
    for signal, (words, span) in hear(_told(text, evidence.machine), supposed).items():
        values[signal] = words
        spans[signal] = span
    return Signals(
        text,
        values,
        spans,
        haystack,
        _innermost(text, evidence),
        evidence.machine,
        supposed,
        context.problems,
    )


def _told(text: str, machine: tuple[Span, ...]) -> Iterator[tuple[int, str]]:
    """The stretches of the customer's own words, with where they begin."""
    at = 0
    for part in machine:
        yield at, text[at : part.start]
        at = max(at, part.end)
    yield at, text[at:]


def _innermost(text: str, evidence: Evidence) -> Haystack | None:
    """The message of the innermost error, unescaped; it may stand in the text only in escaped form.

    Where no envelope was found: the last stretch of machine output, or else the last paragraph.
    """
    layer = evidence.innermost
    if layer is None or not layer.message:
        return _pasted_last(text, evidence)
    start = text.find(layer.message)
    folded = unwrap(fold(layer.message))
    if layer.span is not None:
        whole = layer.span
    else:
        whole = Span(start, start + len(layer.message)) if start >= 0 else Span(0, 0)
    return Haystack(folded.text.encode("utf-8"), folded, whole)


def _pasted_last(text: str, evidence: Evidence) -> Haystack | None:
    end = len(text.rstrip())
    stretch = evidence.machine[-1] if evidence.machine else Span(max(text.rfind("\n\n", 0, end), 0), end)
    words = text[stretch.start : stretch.end].strip()
    if not words or len(words) > LONGEST_FALLBACK:
        return None
    folded = unwrap(fold(words))
    return Haystack(folded.text.encode("utf-8"), folded, stretch)
