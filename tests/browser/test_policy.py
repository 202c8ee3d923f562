from playwright.sync_api import Page, expect

from tests.addresses import address, make_others
from tests.browser.conftest import AT_THE_DESK, NewPage, PageErrors
from tests.factories import PASSWORD, make_admin, make_agent, make_ticket
from tests.permission_table import DESK, IN

DOWNLOADS = {
    "models_export",
    "audit_export",
    "packet_json",
    "packet_page",
    "bundle",
    "charges_export",
    "customer_export",
    "person_export",
    "rule_set_export",
}  # no pages: the browser saves them
TOOL_PAGES = ("request/", "base-url/", "model-name/", "safe-request/", "pacing/")
SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))"
INLINE_SCRIPT = """() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.body.append(script);
}"""


def test_a_script_in_the_page_does_not_run_and_is_noticed(page: Page, page_errors: PageErrors):
    page.goto("/accounts/login/")
    page.evaluate(INLINE_SCRIPT)

    assert page.title() != "taken over"
    page.wait_for_timeout(100)
    assert any("content-security policy: script-src" in line for line in page_errors)
    page_errors.clear()


def test_no_page_of_the_desk_breaks_the_policy(
    open_page: NewPage, page_errors: PageErrors, transactional_db: None
):
    page_errors.expect(404)  # a fragment by itself names no icon, so the browser asks for /favicon.ico
    ticket = make_ticket()
    make_others(ticket)
    page = open_page(make_admin())
    for name, (method, _, answers) in DESK.items():
        if method == "get" and answers[-1] == IN and name not in DOWNLOADS:
            page.goto(address(name, ticket))
            page.evaluate(SETTLED)


def test_no_public_page_breaks_the_policy(page: Page, replies: None):
    ticket = make_ticket()
    paths = ["/", "/faq", *(f"/tools/{name}" for name in ("", *TOOL_PAGES)), f"/t/{ticket.follow_up_token}/"]
    for path in (*paths, "/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"):
        page.goto(path)
        page.evaluate(SETTLED)


def test_a_person_signs_in_by_email_and_out_again(page: Page, transactional_db: None):
    agent = make_agent()
    page.goto("/desk/")
    page.locator("input[type=email]").fill(agent.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(AT_THE_DESK)
    expect(page.locator("h1")).to_be_visible()
    page.goto("/accounts/logout/")
    page.locator("form[action*=logout] button").last.click()
    page.wait_for_url(lambda address: "logout" not in address)
    page.goto("/desk/")
    page.wait_for_url("**/accounts/login/**")


def test_a_person_sees_pages_in_the_saved_language(open_page: NewPage, transactional_db: None):
    page = open_page(make_agent(language="zh-hans"), locale="en-US")
    page.goto("/desk/")

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_nobody_can_sign_up(page: Page):
    page.goto("/accounts/signup/")

    expect(page.locator("input[type=password]")).to_have_count(0)
