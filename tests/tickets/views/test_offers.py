"""No page offers anybody what they may not use: every link, form and fragment on every page × every role."""

from html.parser import HTMLParser

import pytest
from django.urls import Resolver404, resolve

from tests.addresses import address, make_others
from tests.factories import make_ticket
from tests.permission_table import DESK, IN, MAKE, NO, OPEN_TO_ALL, ROLES
from tickets.services.escalation import escalate

pytestmark = pytest.mark.django_db
LEADING = ("href", "action", "formaction", "hx-get", "hx-post", "hx-delete", "data-poll")


@pytest.mark.parametrize("role", MAKE)
def test_pages_offer_only_what_the_role_may_use(client, role):
    ticket = make_ticket()
    make_others(ticket)
    person = MAKE[role]()
    if role != "billing":
        escalate(ticket, by=person, reason="look")
    client.force_login(person)
    place = ROLES.index(role)
    pages = [name for name, (method, _, answers) in DESK.items() if method == "get" and answers[place] == IN]

    refused = {
        (page, offered)
        for page in pages
        for offered in _offered_on(client.get(address(page, ticket)).getvalue().decode(errors="replace"))
        if offered not in OPEN_TO_ALL and (offered not in DESK or DESK[offered][2][place] == NO)
    }

    assert refused == set()


class Leads(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in LEADING and value}


def _offered_on(page: str) -> set[str]:
    leads = Leads()
    leads.feed(page)
    return {name for lead in leads.found if (name := _name_of(lead))}


def _name_of(lead: str) -> str:
    path = lead.split("?")[0].split("#")[0]
    if not path.startswith("/") or path.startswith(("/static/", "/accounts/")):
        return ""
    try:
        return resolve(path).url_name or path
    except Resolver404:
        return path
