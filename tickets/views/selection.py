"""The tickets a person has ticked in a list, across its pages. Kept in the session, so that it works without a script.

They belong to that list, by its address: in another one nothing is ticked, and what is ticked there replaces them.
"""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
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
        selection = selection_of(request, shown, address=request.POST.get("list", ""))
        return render(request, "desk/inbox.html#selected", {"selection": selection})
    return redirect(next_page(request))


def _whole_list(request: DeskRequest) -> list[int]:
    """The list whose address was posted, in its order, as far as one action takes it."""
    asked = QueryDict(request.POST["all"].lstrip("?")).dict()
    listing = listing_of(asked, request.user, evidence=permissions.can_see_evidence(request.user))
    return [ticket.number for ticket in page_of(listing, size=MOST).tickets]


def selection_of(request: DeskRequest, shown: list[int], *, address: str) -> Selection:
    """`address` is that of the list, `shown` are the tickets of its page."""
    numbers = frozenset(_kept(request, address))
    return Selection(numbers, len(numbers - set(shown)))


def chosen(request: DeskRequest) -> list[int]:
    """What was ticked before on other pages, and what is ticked on the posted one."""
    if "none" in request.POST:
        return []
    shown = set(numbers_in(request.POST.get("shown", "")))
    kept = _kept(request, request.POST.get("list", ""))
    before = [number for number in kept if number not in shown]
    ticked = numbers_in(" ".join(request.POST.getlist("number")))
    return list(dict.fromkeys([*before, *ticked]))[:MOST]


def remember(request: DeskRequest, numbers: list[int]) -> None:
    if request.session.get("selected", []) != numbers:
        request.session["selected"] = numbers
    address = request.POST.get("list", "")
    if request.session.get("selected_in", "") != address:
        request.session["selected_in"] = address


def _kept(request: DeskRequest, address: str) -> list[int]:
    numbers: list[int] = request.session.get("selected", [])
    return numbers if request.session.get("selected_in", "") in ("", address) else []


def next_page(request: DeskRequest) -> str:
    """Where the form came from or asks to go, within the inbox and the tickets."""
    asked = request.POST.get("go", "")
    inbox = reverse("inbox")
    tickets, _number = reverse("ticket", args=(0,)).rsplit("0", 1)
    own = asked.startswith((inbox, tickets)) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if own else inbox


def numbers_in(text: str) -> list[int]:
    return [int(word) for word in text.split() if word.isascii() and word.isdecimal() and len(word) < 18]
