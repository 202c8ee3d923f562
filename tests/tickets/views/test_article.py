import pytest

from tests.factories import make_ticket
from tickets.services.draft import keep
from tickets.services.faq.library import load_library

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def show(client, ticket, query="", **headers):
    return client.get(f"/tickets/{ticket.number}/articles/{query}", headers=headers).content.decode()


def options(client, ticket, query=""):
    return show(client, ticket, query, **{"hx-request": "true"})


def test_what_fits_the_cause_comes_first(client, agent):
    shown = options(client, make_ticket())

    assert shown.index('id="option-base-url"') == shown.index('id="option-')


def test_an_error_text_finds_its_article(client, agent):
    assert 'id="option-key-not-recognised"' in options(client, make_ticket(), "?q=invalid_api_key")


@pytest.mark.parametrize(
    ("language", "address"),
    [
        ("en", "](http://127.0.0.1:8000/faq/base-url)"),
        ("zh-hans", "](http://127.0.0.1:8000/zh/faq/base-url)"),
    ],
)
def test_the_link_is_public_and_in_the_reply_language(client, agent, settings, language, address):
    settings.BASE_URL = "http://127.0.0.1:8000"

    shown = options(client, make_ticket(language=language))

    assert f'{address}"' in shown


def test_the_page_puts_a_link_behind_what_is_typed(client, agent, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    ticket = make_ticket()
    keep(ticket, by=agent, kind="reply", body="Hello Lin,")
    assert "?article=base-url#composer" in show(client, ticket)

    shown = client.get(f"/tickets/{ticket.number}/?article=base-url").content.decode()

    assert "Hello Lin,\n\n[" in shown
    assert "](http://127.0.0.1:8000/faq/base-url)</textarea>" in shown


def test_no_article_of_that_name_changes_nothing(client, agent):
    ticket = make_ticket()
    keep(ticket, by=agent, kind="reply", body="Hello Lin,")

    assert ">Hello Lin,</textarea>" in client.get(f"/tickets/{ticket.number}/?article=none").content.decode()


def test_nothing_found_is_said(client, agent):
    assert "No public article answers" in show(client, make_ticket(), "?q=zebra+crossing+midnight")
