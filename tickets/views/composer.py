"""What the composer under a ticket shows: the two texts, where they come from, and what holds them back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import get_language

from tickets.forms.message import MessageForm
from tickets.forms.outcome import OutcomeForm
from tickets.forms.snooze import SnoozeForm
from tickets.models import Attachment, CannedReply, Customer, Draft, Message, Person, Ticket
from tickets.services.article.link import article_link
from tickets.services.catalogue import cause_named
from tickets.services.checks import mark_of
from tickets.services.family import names_of, shown_as
from tickets.services.reply import SuggestedReply, filled_reply, suggested_replies
from triage.engine.lint.objection import Objection
from triage.engine.reply import Filled, Gap

from .request import DeskRequest

REPLY, NOTE = Message.Kind.REPLY, Message.Kind.NOTE


@dataclass(frozen=True, slots=True)
class Held:
    """One objection as the composer shows it: why, what to do instead, and the words meant."""

    code: str
    is_doubt: bool
    sentence: str
    advice: str
    words: str

    @classmethod
    def of(cls, objection: Objection, body: str) -> "Held":
        language = get_language() or "en"
        return cls(
            objection.code,
            objection.is_doubt,
            objection.reason.in_language(language),
            objection.suggestion.in_language(language),
            body[objection.span.start : objection.span.end][:80],
        )


@dataclass(frozen=True, slots=True)
class Composed:
    """What was just typed and did not go out, with the reasons. Empty where a page is only looked at."""

    form: MessageForm | None = None
    objections: Sequence[Held] = ()
    closing: OutcomeForm | None = None
    aside: SnoozeForm | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one mode. `draft` is the row it comes from; `is_suggested` that nobody has touched it yet."""

    body: str = ""
    draft: Draft | None = None
    canned_reply: CannedReply | None = None
    gaps: tuple[Gap, ...] = ()
    is_suggested: bool = False
    errors: Sequence[str] = ()
    files: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class Composer:
    mode: str
    reply: Text
    note: Text
    seen: int
    suggestions: list[SuggestedReply]
    closing: OutcomeForm
    aside: SnoozeForm
    readers: Sequence[Customer]
    objections: Sequence[Held] = ()
    opened: str = field(default="")

    @property
    def to(self) -> str:
        """Li Wei, or Li Wei +2"""
        return names_of(self.readers)

    @property
    def shown_to(self) -> str:
        """Goes with the text, so that it reaches nobody who was not shown."""
        return shown_as(self.readers)

    @property
    def doubts(self) -> list[str]:
        """What sending again will not ask about."""
        return list(dict.fromkeys(held.code for held in self.objections if held.is_doubt))

    @property
    def doubted(self) -> str:
        """Goes with them, so that they speak of the text that was held back and of no other."""
        return mark_of(self.reply.body) if self.doubts else ""

    @property
    def only_doubts(self) -> bool:
        return bool(self.objections) and all(held.is_doubt for held in self.objections)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a filled reply: plain, `fill` from the evidence, or a `gap`."""

    text: str
    kind: str = ""


def composer_of(
    request: DeskRequest,
    ticket: Ticket,
    composed: Composed,
    *,
    drafts: Mapping[str, Draft],
    files: Mapping[str, Sequence[Attachment]],
    seen: int,
    known: Mapping[str, str],
    readers: Sequence[Customer] = (),
) -> Composer:
    """`readers` are who gets the reply, where that is more than the ticket's customer."""
    suggestions = suggested_replies(ticket, language=request.user.language, by=request.user)
    asked = request.GET.get("reply", "")
    form = composed.form
    typed = form and str(form.data.get("kind", ""))
    reply = (
        _typed(form, drafts.get(REPLY))
        if form and typed == REPLY
        else _reply_text(
            ticket, suggestions, drafts.get(REPLY), _asked_for(ticket, suggestions, asked, by=request.user)
        )
    )
    article = request.GET.get("article", "")
    if article and not form:
        reply = _with_link(reply, article_link(ticket, article))
    note = _typed(form, drafts.get(NOTE)) if form and typed == NOTE else _draft_text(drafts.get(NOTE))
    return Composer(
        mode=typed or _mode(ticket, drafts, asked or article),
        reply=replace(reply, files=files.get(REPLY, ())),
        note=replace(note, files=files.get(NOTE, ())),
        seen=seen,
        suggestions=suggestions,
        closing=composed.closing or closing_form(ticket, known),
        aside=composed.aside or aside_form(ticket),
        readers=readers or (ticket.customer,),
        objections=composed.objections,
        opened="closing" if form and form.closes else "aside" if form and form.puts_aside else "",
    )


def closing_form(ticket: Ticket, known: Mapping[str, str], data: object = None) -> OutcomeForm:
    """The outcome form inside the composer, filled with what is known."""
    plain = cause_named(ticket.cause).plain.in_language(ticket.language)
    initial = {**known, "plain": plain}
    # What stands in a folded panel must not stop the browser from sending the rest of the form.
    return OutcomeForm(data, initial=initial, auto_id="closing-%s", use_required_attribute=False)


def aside_form(ticket: Ticket, data: object = None) -> SnoozeForm:
    return SnoozeForm(data, tickets=[ticket], auto_id="aside-%s", use_required_attribute=False)


def pieces_of(reply: SuggestedReply | Filled) -> Iterator[Piece]:
    """The text in stretches, so that a page can mark what was filled in and what is open."""
    spans = [(span, "fill") for span in reply.filled] + [(gap.span, "gap") for gap in reply.gaps]
    done = 0
    for span, kind in sorted(spans):
        if span.start > done:
            yield Piece(reply.text[done : span.start])
        yield Piece(reply.text[span.start : span.end], kind)
        done = span.end
    if done < len(reply.text):
        yield Piece(reply.text[done:])


def _with_link(text: Text, link: str) -> Text:
    """The text with the link behind it, once."""
    if not link or link in text.body:
        return text
    return replace(text, body="\n\n".join(filter(None, (text.body.rstrip(), link))), is_suggested=False)


def _mode(ticket: Ticket, drafts: Mapping[str, Draft], asked: str) -> str:
    """Reply where the customer spoke last or an answer is begun; what was used last time is not remembered."""
    begun = asked or REPLY in drafts
    return REPLY if begun or (ticket.is_unanswered and NOTE not in drafts) else NOTE


def _typed(form: MessageForm, draft: Draft | None) -> Text:
    canned = form.cleaned_data.get("canned_reply") if hasattr(form, "cleaned_data") else None
    errors = [str(error) for name in ("body", "uploads") for error in form.errors.get(name, ())]
    return Text(str(form.data.get("body", "")), draft, canned, errors=errors)


def _draft_text(draft: Draft | None) -> Text:
    return Text(draft.body, draft, draft.canned_reply) if draft else Text()


def _reply_text(
    ticket: Ticket, suggestions: list[SuggestedReply], draft: Draft | None, chosen: SuggestedReply | None
) -> Text:
    """The draft, with the reply asked for in the address behind it; else that reply; else the first suggested.

    Nothing where we had the last word, so that no answer goes out twice.
    """
    if draft is not None:
        if chosen is None or chosen.text in draft.body:
            return _draft_text(draft)
        return Text(f"{draft.body.rstrip()}\n\n{chosen.text}", draft, chosen.reply, chosen.gaps)
    if chosen is None and suggestions and ticket.is_unanswered:
        chosen = suggestions[0]
    if chosen is None:
        return Text()
    return Text(chosen.text, None, chosen.reply, chosen.gaps, is_suggested=True)


def _asked_for(
    ticket: Ticket, suggestions: list[SuggestedReply], slug: str, *, by: Person
) -> SuggestedReply | None:
    if not slug:
        return None
    offered = next((each for each in suggestions if each.reply.slug == slug), None)
    return offered or filled_reply(ticket, slug, by=by)
