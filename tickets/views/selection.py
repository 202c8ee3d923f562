"""The tickets a person has ticked, across pages. Kept in the session, so that it works without a script."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tickets import permissions
from tickets.services.listing import listing_of, page_of

from .request import DeskRequest, desk_view

MOST = 500  # tickets; what one action can do while a person waits for it


@dataclass(frozen=True, slots=True)
class Selection:
    numbers: frozenset[int]
    elsewhere: int  # how many of them are not on the page

    @property
    def count(self) -> int:
        return len(self.numbers)

    @property
    def is_full(self) -> bool:
        return self.count >= MOST


@require_POST
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """Remember what is ticked on this page beside what is ticked on others."""
    permissions.require(permissions.can_work_tickets(request.user))
    shown = numbers_in(request.POST.get("shown", ""))
    remember(request, _whole_list(request) if request.POST.get("all") else chosen(request))
    if request.htmx:
        return render(request, "desk/inbox.html#selected", {"selection": selection_of(request, shown)})
    return redirect(next_page(request))


def _whole_list(request: DeskRequest) -> list[int]:
    """The list whose address was posted, in its order, as far as one action takes it."""
    asked = QueryDict(request.POST["all"].lstrip("?")).dict()
    listing = listing_of(asked, request.user, evidence=permissions.can_see_evidence(request.user))
    return [ticket.number for ticket in page_of(listing, size=MOST).tickets]


def selection_of(request: DeskRequest, shown: list[int]) -> Selection:
    numbers = frozenset(request.session.get("selected", ()))
    return Selection(numbers, len(numbers - set(shown)))


def chosen(request: DeskRequest) -> list[int]:
    """What was ticked before on other pages, and what is ticked on the posted one."""
    if "none" in request.POST:
        return []
    shown = set(numbers_in(request.POST.get("shown", "")))
    before = [number for number in request.session.get("selected", ()) if number not in shown]
    ticked = numbers_in(" ".join(request.POST.getlist("number")))
    return list(dict.fromkeys([*before, *ticked]))[:MOST]


def remember(request: DeskRequest, numbers: list[int]) -> None:
    if request.session.get("selected", []) != numbers:
        request.session["selected"] = numbers


def next_page(request: DeskRequest) -> str:
    """Where the form came from or asks to go, within the inbox and the tickets."""
    asked = request.POST.get("go", "")
    own = asked.startswith(("/desk/", "/tickets/")) and url_has_allowed_host_and_scheme(
        asked, allowed_hosts=None
    )
    return asked if own else "/desk/"


def numbers_in(text: str) -> list[int]:
    return [int(word) for word in text.split() if word.isascii() and word.isdecimal() and len(word) < 18]
