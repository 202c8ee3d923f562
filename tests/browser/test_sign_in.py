"""Signing in for real: an authenticator app, and a passkey of a virtual authenticator."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from tests.browser.conftest import AT_THE_DESK, NewPage
from tests.factories import PASSWORD, make_agent
from tickets.models import Person


def sign_in(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page: Page) -> None:
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def test_an_app_is_set_up_and_asked_for(open_page: NewPage, transactional_db: None):
    agent = make_agent()
    page = open_page()
    sign_in(page, agent)
    page.goto("/preferences/")
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="Set up an app").click()
    prove(page)
    secret = page.locator("#secret").text_content() or ""
    page.emulate_media(color_scheme="dark")
    behind = page.locator("img.qr").evaluate("image => getComputedStyle(image).backgroundColor")
    assert behind == "rgb(255, 255, 255)"  # else no camera reads it
    page.fill("#id_code", current_code(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = (page.locator("#codes").text_content() or "").split()[0]

    other = open_page()
    sign_in(other, agent)
    expect(other.get_by_role("heading", name="Second factor")).to_be_visible()
    other.fill("#id_code", recovery)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.wait_for_url(AT_THE_DESK)


def test_a_passkey_signs_in_without_a_password(open_page: NewPage, transactional_db: None):
    agent = make_agent()
    page = open_page()
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, agent)
    page.goto("/accounts/2fa/webauthn/add/")
    prove(page)
    page.fill("input[name=name]", "My laptop")
    page.get_by_role("button", name="Add a key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("My laptop")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(AT_THE_DESK)


def test_a_refused_passkey_is_said_on_the_page(page: Page, transactional_db: None):
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")  # and no authenticator that has a key
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True}},
    )  # fmt: skip
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("#passkey-failed")).to_be_visible()


def test_leaving_takes_along_what_this_browser_kept_of_unsent_text(
    open_page: NewPage, transactional_db: None
):
    page = open_page()
    sign_in(page, make_agent())
    page.evaluate("sessionStorage.setItem('unsent', 'half a sentence')")
    page.goto("/preferences/")
    assert page.evaluate("sessionStorage.getItem('unsent')") == "half a sentence"
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[action$=\"/logout/\"]').submit()")

    assert page.evaluate("sessionStorage.getItem('unsent')") is None
