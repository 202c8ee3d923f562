"""A real Chromium. A page that breaks the content-security policy or logs an error fails its test."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.plumbing import chromium
from tickets.models import Person
from tickets.services import catalogue

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs a loop in the test's thread

CHROMIUM_ARGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--mute-audio",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
AT_THE_DESK = re.compile(r"//[^/]+/desk/$")  # and not at the sign-in page, whose address ends in ?next=/desk/
REPORT_BREACHES = """addEventListener('securitypolicyviolation', event =>
    console.error(`content-security policy: ${event.violatedDirective} ${event.blockedURI}`))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    assert path, "No Chromium was found; name one in CHROMIUM."
    return {**browser_type_launch_args, "executable_path": path, "headless": True, "args": CHROMIUM_ARGS}


class PageErrors(list[str]):
    """What pages complained about."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: set[int] = set()
        self.words: set[str] = set()

    def expect(self, status: int) -> None:
        """The browser notes every answer of 400 and above; this one is what the test is about."""
        self.expected.add(status)

    def expect_words(self, words: str) -> None:
        """What the browser itself notes, such as that the network is gone."""
        self.words.add(words)

    @property
    def unexpected(self) -> list[str]:
        expected = {f"status of {status} " for status in self.expected} | self.words
        return [line for line in self if not any(words in line for words in expected)]


@pytest.fixture
def page_errors() -> Iterator[PageErrors]:
    errors = PageErrors()
    yield errors
    assert errors.unexpected == []


@pytest.fixture
def replies(transactional_db: None) -> None:
    """The built-in canned replies, as `load_catalogue` brings them."""
    catalogue.load()


NewPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, page_errors: PageErrors) -> Iterator[NewPage]:
    """open_page(person, viewport=…, **context options) opens a page of its own, watched for errors."""
    contexts: list[BrowserContext] = []

    def note_error(line: ConsoleMessage) -> None:
        if line.type == "error":
            page_errors.append(line.text)

    def open_page(person: Person | None = None, *, viewport: Any = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=viewport, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(REPORT_BREACHES)
        context.on("console", note_error)
        context.on("weberror", lambda error: page_errors.append(str(error.error)))
        if person is not None:
            context.add_cookies([_session_of(person, live_server.url)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: NewPage) -> Page:
    """A visitor at 1440 px."""
    return open_page()


@pytest.fixture
def phone(open_page: NewPage) -> Page:
    """A visitor at 390 px."""
    return open_page(viewport=PHONE)


def _session_of(person: Person, url: str) -> Any:
    client = Client()
    client.force_login(person)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": url}
