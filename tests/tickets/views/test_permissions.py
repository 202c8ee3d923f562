"""Every address of the product × every role: who gets in. An address that is not listed here fails the test."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.addresses import address, make_others
from tests.factories import make_agent, make_billing, make_ticket
from tests.permission_table import (
    ACCOUNT_OPEN,
    ACCOUNT_SIGNED_IN,
    DESK,
    MAKE,
    NO,
    OPEN_TO_ALL,
    ROLES,
    SIGN_IN,
)
from tickets.models import (
    Ticket,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", DESK)
def test_who_gets_in(name):
    """Each role finds everything as it was before the others came."""
    ticket = make_ticket()
    make_others(ticket)
    at = address(name, ticket)
    method, body, answers = DESK[name]
    for role, expected in zip(ROLES, answers, strict=True):
        with transaction.atomic():
            client = Client()
            if role in MAKE:
                client.force_login(MAKE[role]())
            answer = getattr(client, method)(at, body)
            transaction.set_rollback(True)
        if expected == SIGN_IN and method == "post":  # the typed text is kept
            assert (answer.status_code, answer.templates[0].name) == (403, "errors/expired.html"), role
        elif expected == SIGN_IN:
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (
                302,
                "/accounts/login/",
            ), role
        else:
            assert answer.status_code == expected, role


@pytest.mark.parametrize("name", DESK)
def test_no_other_method_and_no_fragment_lets_anybody_else_in(client, name):
    """Who is refused is refused whatever they send; who only reads changes nothing."""
    ticket = make_ticket()
    make_others(ticket)
    at = address(name, ticket)
    _, body, answers = DESK[name]
    for role, expected in zip(ROLES, answers, strict=True):
        refused = expected in (SIGN_IN, NO)
        if not (refused or role == "billing"):
            continue
        if role in MAKE:
            client.force_login(MAKE[role]())
        for method in ("get", "head", "post", "put", "delete", "options"):
            for headers in ({}, {"HX-Request": "true", "HX-Target": "main"}):
                answer = getattr(client, method)(at, body, headers=headers)
                assert answer.status_code < 500, (role, method, headers)
                if refused:
                    assert answer.status_code in (302, 403, 405), (role, method, headers)
                    assert answer.headers.get("Location", "/accounts/").startswith("/accounts/")
        assert ticket.events.count() == ticket.chain_length, role


def test_every_address_is_listed():
    named = {pattern.name for pattern in own_patterns()}

    assert named == set(DESK) | OPEN_TO_ALL


def test_a_retired_person_sees_nothing():
    person = make_agent(is_active=False)
    make_ticket()

    assert not Ticket.objects.visible_to(person).exists()


def test_billing_sees_charges_and_no_evidence(client):
    ticket = make_ticket("my request failed 404 Invalid URL", told={"charged": True})
    client.force_login(make_billing())

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Invalid URL" not in page.replace(ticket.subject, "")
    assert "sees charges" in page


def test_billing_does_not_read_evidence_in_the_history(client):
    ticket = make_ticket()
    client.force_login(make_agent())
    client.post(f"/tickets/{ticket.number}/evidence/model/", {"value": "model-that-nobody-else-names"})
    client.force_login(make_billing())

    assert "model-that-nobody-else-names" not in client.get(f"/tickets/{ticket.number}/").content.decode()


# The library's pages: who a stranger is taken for. Nothing here shows a ticket.
def test_every_account_page_is_listed():
    named = {pattern.name for route, pattern in all_patterns() if route.startswith("accounts/")}

    assert named == ACCOUNT_OPEN | set(ACCOUNT_SIGNED_IN)


@pytest.mark.parametrize("path", ACCOUNT_SIGNED_IN.values())
def test_a_stranger_changes_no_way_to_sign_in(client, path):
    for method in ("get", "post"):
        answer = getattr(client, method)(path, follow=True)

        assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def own_patterns():
    """Our own addresses: neither the library's account pages nor the API, which has its own tests."""
    return (pattern for route, pattern in all_patterns() if not route.startswith(("accounts/", "api/")))


def all_patterns(patterns=None, inside=""):
    """Every address with its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = inside + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern
