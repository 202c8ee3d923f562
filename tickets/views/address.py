"""The address of a ticket's page: which tab is open and what the conversation shows lives in it."""

from urllib.parse import urlencode, urlsplit

from django.http import QueryDict

from .request import DeskRequest

KEPT = ("tab", "kind", "talk")


def address_of_page(request: DeskRequest) -> dict[str, str]:
    """What the page's address asks for; a fragment is asked for from a page with an address of its own."""
    page = QueryDict(urlsplit(request.htmx.current_url_abs_path or "").query) if request.htmx else request.GET
    return {**page.dict(), **request.GET.dict()}


def with_changes(request: DeskRequest, **changes: str) -> str:
    """The page's address with these changes; an empty one leaves its part out."""
    kept = {name: value for name, value in address_of_page(request).items() if name in KEPT}
    return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})
