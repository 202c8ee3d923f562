"""The bar above a list: what may be added to it or taken away, each as an address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tickets.services.listing import ORDERS, Listing


@dataclass(frozen=True, slots=True)
class Chip:
    title: str
    icon: str
    address: str
    is_on: bool


def chips_of(listing: Listing) -> list[Chip]:
    """Switches: an address adds what is off and takes away what is on."""
    switches = (
        (_("Unread"), "inbox", "unread", "1"),
        (_("Customer wrote last"), "reply", "unanswered", "1"),
        (capfirst(_("charged")), "charged", "charged", "yes"),
        (_("Mine"), "user", "assignee", "me"),
        (_("Nobody's"), "user", "assignee", "nobody"),
    )
    return [_chip(listing, *switch) for switch in switches]


def orders_of(listing: Listing) -> list[Chip]:
    """How the list may be sorted; nothing for a search, which comes newest first."""
    if listing.asked:
        return []
    titles = {
        "deadline": _("Next deadline first"),
        "waiting": _("Longest waiting first"),
        "newest": _("Newest first"),
    }
    usual = listing.view.order
    return [
        Chip(
            title, "check", address_of(listing, order="" if order is usual else name), listing.order is order
        )
        for name, title in titles.items()
        for order in [ORDERS[name]]
    ]


def address_of(listing: Listing, **changed: str) -> str:
    """The list's address with some parameters changed; an empty value takes one away."""
    asked = {**listing.parameters, **changed}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _chip(listing: Listing, title: str, icon: str, name: str, value: str) -> Chip:
    is_on = listing.parameters.get(name) == value
    return Chip(title, icon, address_of(listing, **{name: "" if is_on else value}), is_on)
