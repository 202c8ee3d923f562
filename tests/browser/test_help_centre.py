"""What the help centre does in a browser beyond its plain pages."""

from urllib.parse import unquote_plus

from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import NewPage
from tests.factories import WRONG_BASE_URL, fake_key, make_admin
from tickets.models import ArticleVote, Ticket
from tickets.services.faq.library import load_library


def test_a_key_is_masked_before_it_leaves_the_browser(page: Page, transactional_db: None):
    load_library()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto("/")
    page.locator("#id_text").fill(f"Authorization: Bearer {fake_key('Zz91')}\n{WRONG_BASE_URL}")
    page.locator("form.ask button").click()
    page.wait_for_url("**/report/")

    body = unquote_plus((sent[0].post_data_buffer or b"").decode())
    assert fake_key("Zz91")[8:40] not in body
    assert "…Zz91" in body
    expect(page.get_by_role("link", name="404, or a web page instead of an answer")).to_be_visible()


def test_pasting_says_what_was_masked(page: Page, transactional_db: None):
    page.goto("/")
    page.locator("#id_text").fill(f"key={fake_key()}")
    page.locator("#id_text").blur()

    expect(page.locator("#masked")).to_have_text("1 key masked before sending.")
    expect(page.locator("#id_text")).to_have_value("key=sk-…ab12")


def test_a_reader_searches_reads_and_changes_the_language(page: Page, transactional_db: None):
    load_library()
    page.goto("/")
    page.locator("form[role=search] input").fill("insufficient_user_quota")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The balance does not cover the request").click()
    page.get_by_role("link", name="中文").click()

    expect(page.locator("h1")).to_have_text("余额不足以支付这次请求")


def test_a_customer_leaves_with_the_article_and_the_desk_counts_it(
    open_page: NewPage, page: Page, transactional_db: None
):
    load_library()
    page.goto("/")
    page.locator("#id_text").fill(WRONG_BASE_URL)
    page.locator("form.ask button").click()
    page.get_by_role("link", name="404, or a web page instead of an answer").click()
    page.locator("form[action$=vote] button").first.click()
    expect(page.locator("h1")).to_have_text("Noted, thank you")

    desk = open_page(make_admin())
    desk.goto("/curation/saved/")

    expect(desk.locator(".tile").first).to_contain_text("1reports ended at an article")
    expect(desk.locator("#use ~ .scroller tbody tr")).to_have_count(1)
    assert not Ticket.objects.exists()


def test_a_reader_votes_without_script(open_page: NewPage, transactional_db: None):
    load_library()
    page = open_page(None, java_script_enabled=False)
    page.goto("/faq/base-url")
    page.locator("form[action$=vote] button").last.click()
    page.locator("input[value=wrong]").check()
    page.locator("main form button").click()

    expect(page.locator("h1")).to_have_text("Noted, thank you")
    assert ArticleVote.objects.get().reason == "wrong"
