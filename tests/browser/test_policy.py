from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import PASSWORD, make_agent

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


def test_a_person_signs_in_by_email_and_out_again(page: Page, transactional_db: None):
    agent = make_agent()
    page.goto("/desk/")
    page.locator("input[type=email]").fill(agent.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/desk/")
    expect(page.locator("h1")).to_be_visible()
    page.goto("/accounts/logout/")
    page.locator("form[action*=logout] button").last.click()
    page.goto("/desk/")
    page.wait_for_url("**/accounts/login/**")


def test_a_person_sees_pages_in_the_saved_language(open_page: NewPage, transactional_db: None):
    page = open_page(make_agent(language="zh-hans"), locale="en-US")
    page.goto("/desk/")

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_nobody_can_sign_up(page: Page):
    page.goto("/accounts/signup/")

    expect(page.locator("input[type=password]")).to_have_count(0)
