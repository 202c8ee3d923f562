"""The columns of a list: which a person sees, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Person


@dataclass(frozen=True, slots=True)
class Column:
    slug: str
    title: str | Promise
    is_usual: bool = False
    is_number: bool = False


PROBLEM = Column("title", _("Problem"), is_usual=True)  # every list has it: it leads to the ticket
COLUMNS = (
    Column("verdict", _("Verdict"), is_usual=True),
    PROBLEM,
    Column("replies", _("Replies"), is_usual=True, is_number=True),
    Column("sla", _("Deadline"), is_usual=True),
    Column("waiting", _("Waiting"), is_usual=True, is_number=True),
    Column("state", _("State")),
    Column("cause", _("Cause")),
    Column("account", _("Account")),
    Column("model", _("Model")),
    Column("opened", _("Opened"), is_number=True),
)
BY_SLUG = {column.slug: column for column in COLUMNS}
USUAL = tuple(column for column in COLUMNS if column.is_usual)


def columns_of(person: Person) -> Sequence[Column]:
    """What the person chose, without what is known no longer."""
    chosen = tuple(BY_SLUG[slug] for slug in person.columns if slug in BY_SLUG)
    return chosen if PROBLEM in chosen else USUAL


class ColumnForm(forms.Form):
    """Every column in the order of the page; `shown` are those that are ticked, `up` or `down` moves one by a place."""

    SLUGS = tuple((column.slug, column.title) for column in COLUMNS)

    order = forms.MultipleChoiceField(choices=SLUGS)
    shown = forms.MultipleChoiceField(choices=SLUGS, required=False)
    up = forms.ChoiceField(choices=SLUGS, required=False)
    down = forms.ChoiceField(choices=SLUGS, required=False)

    @property
    def chosen(self) -> list[str]:
        """The slugs to keep, in their new order."""
        order = list(dict.fromkeys(self.cleaned_data["order"]))
        if self.cleaned_data["up"] in order:
            _move(order, self.cleaned_data["up"], -1)
        if self.cleaned_data["down"] in order:
            _move(order, self.cleaned_data["down"], +1)
        shown = {*self.cleaned_data["shown"], PROBLEM.slug}
        return [slug for slug in order if slug in shown]


def _move(order: list[str], slug: str, by: int) -> None:
    at = order.index(slug)
    order.insert(max(at + by, 0), order.pop(at))
