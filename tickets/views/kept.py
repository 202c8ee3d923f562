"""What the pages of canned replies and of macros say alike."""

from urllib.parse import urlencode

from django.contrib import messages
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.services.content_diff import NewerVersion

from .request import DeskRequest

TABS: dict[str, str | Promise] = {
    "": gettext_lazy("All"),
    "own": gettext_lazy("My own"),
    "review": gettext_lazy("To look at"),
    "retired": gettext_lazy("Off offer"),
}
VERSIONS_SHOWN = 50


def address_of_next(after: str, **asked: str) -> str:
    """Of the next page of a list; empty on the last one."""
    kept = {name: value for name, value in asked.items() if value}
    return "?" + urlencode({**kept, "after": after}) if after else ""


def said_newer(meanwhile: NewerVersion) -> str:
    who = {"who": meanwhile.newest.by or _("Somebody"), "n": meanwhile.newest.number}
    words = _("%(who)s saved version %(n)s meanwhile. Your text still stands here: compare, then save again.")
    return words % who


def note_of_return(number: int) -> str:
    return _("brought back from version %(n)s") % {"n": number}


def say_returned(request: DeskRequest, number: int, *, differs: bool) -> None:
    if differs:
        messages.success(
            request,
            _("Version %(n)s is back as the newest one. Who sees it stays as it was.") % {"n": number},
        )
    else:
        messages.info(request, _("It stands just so already."))
