"""A macro as it would run on a real ticket, before it is saved."""

from dataclasses import dataclass

from tickets.models import Macro, Person, Ticket
from triage.engine.lint.objection import Objection
from triage.engine.reply import Filled

from ..checks import objections_to
from ..content_diff import Content
from .plan import Plan, plan_of
from .version import write_content


@dataclass(frozen=True, slots=True)
class Preview:
    """`plan` tells what it would do, or what keeps it from being run there. `draft` is its letter to the customer."""

    ticket: Ticket
    plan: Plan
    draft: Filled | None
    objections: tuple[Objection, ...]


def preview_on(ticket: Ticket, content: Content, *, by: Person) -> Preview:
    macro = Macro(slug="preview")
    write_content(macro, content, by=by)
    plan = plan_of(macro, ticket, by=by)
    letter = plan.letter
    draft = Filled(letter.text, letter.gaps, letter.filled) if letter else None
    return Preview(ticket, plan, draft, objections_to(ticket, draft.text) if draft else ())
