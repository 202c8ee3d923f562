"""The page of keys, and the switch that turns single keys off."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tickets.forms.preference import SingleKeysForm

from .rail import rail_of
from .request import DeskRequest, desk_view


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    keys: tuple[tuple[tuple[str, ...], str | Promise], ...]


GROUPS = (
    Group(
        gettext_lazy("In a list"),
        (
            (("j", "k"), gettext_lazy("Next, previous row")),
            (("↓", "↑"), gettext_lazy("the same, once a row has the focus")),
            (("Enter", "o"), pgettext_lazy("verb", "Open")),
            (("x",), gettext_lazy("Select")),
            (("⇧ x",), gettext_lazy("Select up to here")),
            (("/",), gettext_lazy("Search")),
        ),
    ),
    Group(
        gettext_lazy("On a ticket"),
        (
            (("u",), gettext_lazy("Back to the list")),
            (("[", "]"), gettext_lazy("Previous, next ticket")),
            (("r",), pgettext_lazy("verb", "Reply")),
            (("n",), pgettext_lazy("verb", "Note")),
            (("m",), gettext_lazy("Ask for what is missing")),
            (("⇧ e",), gettext_lazy("Resolve and go to the next")),
            ((".", ". .", ". . ."), gettext_lazy("Copy number, title, link")),
        ),
    ),
    Group(
        gettext_lazy("On a ticket, or on the selected rows"),
        (
            (("1",), gettext_lazy("The verdict is right")),
            (("2",), gettext_lazy("Merge as a duplicate")),
            (("3",), gettext_lazy("Not this verdict")),
            (("a",), gettext_lazy("Assign")),
            (("i",), gettext_lazy("Take it myself")),
            (("l",), pgettext_lazy("verb", "Tag")),
            (("h",), pgettext_lazy("verb", "Snooze")),
            (("e",), gettext_lazy("Resolve")),
            (("z",), gettext_lazy("Undo")),
        ),
    ),
    Group(
        gettext_lazy("In the review room"),
        (
            (("1",), gettext_lazy("Take the escalation")),
            (("2",), gettext_lazy("It is known already")),
            (("3",), gettext_lazy("Send it back for evidence")),
            (("4",), gettext_lazy("Decline it")),
            (("h",), gettext_lazy("Look again later")),
            (("c",), gettext_lazy("Complete the card")),
            (("[", "]"), gettext_lazy("Previous, next escalation")),
            (("o",), gettext_lazy("Open its ticket")),
        ),
    ),
    Group(
        gettext_lazy("Go to"),
        (
            (("g i",), gettext_lazy("Inbox")),
            (("g t",), gettext_lazy("What needs a verdict")),
            (("g e",), gettext_lazy("Escalations")),
            (("g p",), gettext_lazy("Incidents")),
            (("g f",), gettext_lazy("Help centre")),
            (("g r",), gettext_lazy("Provider ledger")),
        ),
    ),
)
ALWAYS = Group(
    gettext_lazy("Always, also while typing"),
    (
        (("Ctrl K", "⌘ K"), gettext_lazy("Search or jump to")),
        (("Ctrl ↵", "⌘ ↵"), gettext_lazy("Send what is written")),
        (("Esc",), gettext_lazy("Close what is open")),
    ),
)


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """All keys; for a script, as a sheet over the page one is on."""
    context = {"groups": (*GROUPS, ALWAYS)}
    if request.htmx:
        return render(request, "desk/keys.html#sheet", context)
    return render(request, "desk/keys.html", {**context, **rail_of(request.user)})


@require_POST
@desk_view
def switch(request: DeskRequest) -> HttpResponse:
    """Turn single keys on or off, for this person on every device."""
    SingleKeysForm(request.POST, instance=request.user).save()
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    return redirect("keys")
