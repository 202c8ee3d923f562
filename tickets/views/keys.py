"""The page of keys, and the switch that turns single keys off."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tickets.forms.preference import SingleKeysForm

from .inbox import sidebar
from .request import DeskRequest, desk_view


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    keys: tuple[tuple[tuple[str, ...], str | Promise], ...]


GROUPS = (
    Group(
        __("In a list"),
        (
            (("j", "k"), __("Next, previous row")),
            (("↓", "↑"), __("the same, once a row has the focus")),
            (("Enter", "o"), __("Open")),
            (("x",), __("Select")),
            (("⇧ x",), __("Select up to here")),
            (("/",), __("Search")),
        ),
    ),
    Group(
        __("On a ticket"),
        (
            (("u",), __("Back to the list")),
            (("[", "]"), __("Previous, next ticket")),
            (("r",), pgettext_lazy("verb", "Reply")),
            (("n",), pgettext_lazy("verb", "Note")),
            (("m",), __("Ask for what is missing")),
            ((".", ". .", ". . ."), __("Copy number, title, link")),
        ),
    ),
    Group(
        __("On a ticket, or on the selected rows"),
        (
            (("1",), __("The verdict is right")),
            (("2",), __("Merge as a duplicate")),
            (("3",), __("Not this verdict")),
            (("a",), __("Assign")),
            (("i",), __("Take it myself")),
            (("l",), pgettext_lazy("verb", "Tag")),
            (("h",), pgettext_lazy("verb", "Snooze")),
            (("e",), __("Resolve")),
            (("⇧ e",), __("Resolve and go to the next")),
            (("z",), __("Undo")),
        ),
    ),
    Group(
        __("In the review room"),
        (
            (("1",), __("Take the escalation")),
            (("2",), __("It is known already")),
            (("3",), __("Send it back for evidence")),
            (("4",), __("Decline it")),
            (("h",), __("Look again later")),
            (("c",), __("Complete the card")),
            (("[", "]"), __("Previous, next escalation")),
            (("o",), __("Open its ticket")),
        ),
    ),
    Group(
        __("Go to"),
        (
            (("g i",), __("Inbox")),
            (("g t",), __("What needs a verdict")),
            (("g e",), __("Escalations")),
            (("g p",), __("Incidents")),
        ),
    ),
)
ALWAYS = Group(
    __("Always, also while typing"),
    (
        (("Ctrl K", "⌘ K"), __("Search or jump to")),
        (("Ctrl ↵", "⌘ ↵"), __("Send what is written")),
        (("Esc",), __("Close what is open")),
    ),
)


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """All keys; for a script, as a sheet over the page one is on."""
    context = {"groups": (*GROUPS, ALWAYS)}
    if request.htmx:
        return render(request, "desk/keys.html#sheet", context)
    return render(request, "desk/keys.html", {**context, **sidebar(request.user)})


@require_POST
@desk_view
def switch(request: DeskRequest) -> HttpResponse:
    """Turn single keys on or off, for this person on every device."""
    SingleKeysForm(request.POST, instance=request.user).save()
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    return redirect("keys")
