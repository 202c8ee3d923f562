"""The bar above a list: what may be added to it or taken away, each as an address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tickets.models import SavedView
from tickets.services.listing import ORDERS, SORTED, Listing
from tickets.services.paging import Order


@dataclass(frozen=True, slots=True)
class Chip:
    title: str
    icon: str
    address: str
    is_on: bool


SWITCHED = {
    ("unread", "1"),
    ("unanswered", "1"),
    ("charged", "yes"),
    ("assignee", "me"),
    ("assignee", "nobody"),
}


def chips_of(listing: Listing, *, saved: str = "") -> list[Chip]:
    """Switches: an address adds what is off and takes away what is on. `saved` is the view that stays open."""
    switches = (
        (_("Unread"), "inbox", "unread", "1"),
        (_("Customer wrote last"), "reply", "unanswered", "1"),
        (capfirst(_("charged")), "charged", "charged", "yes"),
        (_("Mine"), "user", "assignee", "me"),
        (_("Nobody's"), "user", "assignee", "nobody"),
    )
    return [_chip(listing, saved, *switch) for switch in switches]


def narrowings_of(listing: Listing, *, saved: str = "") -> list[Chip]:
    """What no switch shows: the words and operators that narrow the view, each with the address without it. Of all
    tickets the words stand in the box alone.
    """
    shown_elsewhere = (
        {"view", "order", "q"} if listing.view.slug == "all" and not saved else {"view", "order"}
    )
    return [
        Chip(
            value if name == "q" else f"{name}:{value}",
            "x",
            address_of(listing, saved=saved, **{name: ""}),
            True,
        )
        for name, value in listing.parameters.items()
        if name not in shown_elsewhere and (name, value) not in SWITCHED
    ]


def everywhere(listing: Listing, saved: SavedView | None) -> str:
    """The address that asks all tickets for what narrows this view; empty where nothing does."""
    own = saved.parameters.items() if saved else ()
    dropped = dict.fromkeys((name for name, value in own if listing.parameters.get(name) == value), "")
    asked = {name: value for name, value in listing.parameters.items() if name not in ("view", "order")}
    if (saved is None and listing.view.slug == "all") or not (asked.keys() - dropped.keys()):
        return ""
    return address_of(listing, **{**dropped, "view": "all"})


def orders_of(listing: Listing, shown: Order, *, saved: str = "") -> list[Chip]:
    """How the list may be sorted; `shown` is how it is."""
    usual = listing.view.order
    return [
        Chip(
            capfirst(str(SORTED[order])),
            "check",
            address_of(listing, saved=saved, order="" if order is usual else name),
            order is shown,
        )
        for name, order in ORDERS.items()
    ]


def address_of(listing: Listing, **changed: str) -> str:
    """The list's address with some parameters changed; an empty value takes one away."""
    asked = {**listing.parameters, **changed}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _chip(listing: Listing, saved: str, title: str, icon: str, name: str, value: str) -> Chip:
    is_on = listing.parameters.get(name) == value
    return Chip(title, icon, address_of(listing, saved=saved, **{name: "" if is_on else value}), is_on)
