"""Signing in at a real OpenID provider, by its button, in a browser that holds redirects against the policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AT_THE_DESK, NewPage, PageErrors
from tests.oidc_provider import Provider, oidc_provider
from tests.tickets.test_single_sign_on import use
from tickets.models import Person


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with oidc_provider() as provider:
        provider.claims = {
            "sub": "17",
            "email": "ana@desk.invalid",
            "email_verified": True,
            "name": "Ana Petrov",
            "groups": ["desk-engineers"],
        }
        use(provider, settings)
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {**policy, "form-action": [*policy["form-action"], provider.issuer]}
        }
        yield provider


def test_the_button_leads_over_the_provider_to_the_desk(
    open_page: NewPage, provider: Provider, transactional_db: None
):
    page = open_page()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with your organisation").click()
    page.wait_for_url(AT_THE_DESK)

    expect(page.get_by_role("link", name="Ana Petrov")).to_be_visible()
    assert Person.objects.get().role == "engineer"


def test_without_a_role_a_page_says_why(
    open_page: NewPage, page_errors: PageErrors, provider: Provider, transactional_db: None
):
    page_errors.expect(403)
    provider.claims["groups"] = ["somebody-else"]
    page = open_page()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with your organisation").click()

    expect(page.locator("h1")).to_be_visible()
    assert "/desk/" not in page.url
    assert not Person.objects.exists()
