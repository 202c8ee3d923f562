"""The public tools and the list of models, with and without JavaScript."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, NewPage
from tests.browser.test_pages import _run_axe
from tests.factories import fake_key, make_admin, make_agent, make_ticket
from tickets.models import GatewayModel
from tickets.services.gateway_model import offer, save_model

pytestmark = pytest.mark.usefixtures("transactional_db")
KEY = fake_key("Zz91")
REQUEST = f"""curl https://gateway.invalid/v1/chat/completions \\
  -H "Authorization: Bearer {KEY}" \\
  -d '{{
  "model": "o3-mini",
  "temperature": 3,
  "messages": [{{"role": "tool", "content": "x"}}]
}}'"""
REFUSAL = "HTTP/1.1 429 Too Many Requests\nretry-after: 20"
BAD_REQUEST = """curl http://api.gateway.invalid/v1/chat/completions \\
 -d '{"model":"gpt4o","temperature":3,"messages":[{"role":"user","content":"my own words"}]}'
HTTP/1.1 404 Not Found
{"error":{"message":"The model `gpt4o` does not exist","code":"model_not_found"}}"""
TASK = '{"task_id":"task_abc123def456","status":"processing"} the video is not there after an hour'
COSTLY = '{"model":"gpt-4o"} HTTP/1.1 502 Bad Gateway {"usage":{"prompt_tokens":400000}}'
PRICES = "name,also_called,price,output_price\ngpt-4o,4o,2.5,10\nvery-long-name-of-a-model-2026-11-27,,1,\n"


def use_every_tool(page: Page) -> list[str]:
    """Walks through all tools from the home page; what axe and the width say of each answer."""
    problems: list[str] = []

    def look(name: str) -> None:
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{name} scrolls sideways")

    page.goto("/")
    page.get_by_role("link", name="Check a request").click()
    page.get_by_label("Your request").fill(REQUEST)
    page.get_by_role("button", name="Check the request").click()
    expect(page.get_by_role("heading", name="things will be refused")).to_be_visible()
    expect(page.locator("mark").nth(1)).to_contain_text('"temperature": 3')
    assert KEY[6:40] not in page.content()
    look("request")

    page.get_by_label("Tools").get_by_role("link", name="Base URL").click()
    page.get_by_label("Base URL").fill("http://gateway.invalid/v1/v1/chat/completions")
    page.get_by_role("button", name="Check the address").click()
    expect(page.locator("#line")).to_have_text("https://gateway.invalid/v1")
    look("base URL")

    page.get_by_label("Tools").get_by_role("link", name="Model name").click()
    page.get_by_label("Model name, as you send it").fill("gpt4o")
    page.get_by_role("button", name="Check the name").click()
    expect(page.locator("#line")).to_have_text("gpt-4o")
    look("model name")

    page.get_by_label("Tools").get_by_role("link", name="Smallest request").click()
    page.get_by_label("Base URL").fill("https://gateway.invalid/v1")
    page.get_by_label("It is streamed").check()
    page.get_by_role("button", name="Write the commands").click()
    expect(page.locator("#command-3")).to_contain_text('"stream": true')
    look("smallest request")

    page.get_by_label("Tools").get_by_role("link", name="Waiting and retrying").click()
    page.get_by_label("The whole answer").fill(REFUSAL)
    page.get_by_role("button", name="Read the answer").click()
    expect(page.get_by_role("heading", name="Wait 20 seconds")).to_be_visible()
    page.locator("summary", has_text="Python").click()
    expect(page.locator("#program-python")).to_contain_text("first=20")
    look("pacing")
    return problems


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_tool_answers(open_page: NewPage, script: bool, viewport: dict[str, int]):
    for name in ("gpt-4o", "gpt-4o-mini"):
        save_model(GatewayModel(name=name), by=make_admin())

    assert use_every_tool(open_page(viewport=viewport, java_script_enabled=script)) == []


ANSWERS = {
    "request": ("/tools/request/", "#id_text", REQUEST),
    "broken request": ("/tools/request/", "#id_text", "{'model': 1"),
    "sound request": (
        "/tools/request/", "#id_text", '{"model":"gpt-4o","messages":[{"role":"user","content":"x"}]}',
    ),
    "base URL": ("/tools/base-url/", "#id_url", "http://gateway.invalid/v1/v1"),
    "model name": ("/tools/model-name/", "#id_name", "claude-2.1"),
    "pacing": ("/tools/pacing/", "#id_text", REFUSAL),
}  # fmt: skip


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", PHONE)])
def test_axe_finds_nothing_serious_in_the_answers(open_page: NewPage, scheme: str, viewport: dict[str, int]):
    page = open_page(viewport=viewport, color_scheme=scheme)
    found = {}
    for name, (path, field, text) in ANSWERS.items():
        page.goto(path)
        page.locator(field).fill(text)
        page.locator("main form:not([method=get])").get_by_role("button").first.click()
        page.locator(".answer").wait_for()
        found[name] = _run_axe(page)

    assert found == {name: [] for name in ANSWERS}


def test_a_line_is_copied_with_its_button(open_page: NewPage):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/tools/base-url/")
    page.get_by_label("Base URL").fill("http://gateway.invalid/v1/v1")
    page.get_by_role("button", name="Check the address").click()

    page.get_by_role("button", name="Copy the address").click()

    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://gateway.invalid/v1"


def test_without_script_there_is_no_dead_button(open_page: NewPage):
    page = open_page(java_script_enabled=False)
    page.goto("/tools/safe-request/")

    expect(page.locator("[data-copy]").first).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_admin_brings_a_list_and_changes_a_price(open_page: NewPage, script: bool):
    page = open_page(make_admin(name="Ira Moss"), java_script_enabled=script)
    page.goto("/desk/")
    page.get_by_role("link", name="Models and prices").click()
    page.get_by_role("link", name="Import a list").first.click()
    page.get_by_role("textbox", name="The list").fill(PRICES)
    page.get_by_role("button", name="Compare with the list").click()
    expect(page.get_by_role("heading", name="This would change")).to_be_visible()
    page.get_by_role("button", name="Change the list").click()
    page.get_by_role("link", name="gpt-4o").click()
    page.get_by_label("Price, or price of input").fill("3")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".timeline")).to_contain_text("1 changed gpt-4o")
    assert offer().prices["gpt-4o"].amount == 3


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", PHONE)])
def test_the_pages_of_the_list_are_sound(open_page: NewPage, scheme: str, viewport: dict[str, int]):
    page = open_page(make_admin(), viewport=viewport, color_scheme=scheme)
    problems = {}
    page.goto("/curation/models/")
    problems["empty"] = _run_axe(page)
    page.goto("/curation/models/import/")
    page.get_by_role("textbox", name="The list").fill(PRICES)
    page.get_by_role("button", name="Compare with the list").click()
    problems["import"] = _run_axe(page)
    page.get_by_role("button", name="Change the list").click()
    problems["list"] = _run_axe(page)
    page.get_by_role("link", name="gpt-4o").click()
    problems["model"] = _run_axe(page)
    wide = []
    for path in ("/curation/models/", "/curation/models/import/", "/curation/models/new/"):
        page.goto(path)
        page.set_viewport_size({"width": 320, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)

    assert (problems, wide) == ({"empty": [], "import": [], "list": [], "model": []}, [])


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", PHONE)])
def test_advice_beside_a_verdict_is_sound_and_leads_to_its_tool(
    open_page: NewPage, scheme: str, viewport: dict[str, int]
):
    save_model(GatewayModel(name="gpt-4o", price=Decimal(1)), by=make_admin())
    customer = open_page(viewport=viewport, color_scheme=scheme)
    desk = open_page(make_agent(), viewport=viewport, color_scheme=scheme)
    problems = []
    for text in (BAD_REQUEST, REFUSAL, TASK, COSTLY):
        customer.goto("/")
        customer.get_by_label("Paste what you see").fill(text)
        customer.get_by_role("button", name="Find the cause").click()
        expect(customer.locator(".tip").first).to_be_visible()
        desk.goto(f"/tickets/{make_ticket(text).number}/")
        expect(desk.locator(".tip").first).to_be_visible()
        for page in (customer, desk):
            problems += _run_axe(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append(f"{page.url} scrolls sideways")

    assert problems == []
    customer.goto("/")
    customer.get_by_label("Paste what you see").fill(REFUSAL)
    customer.get_by_role("button", name="Find the cause").click()
    customer.locator(".tip").get_by_role("link", name="Rate limit").click()
    expect(customer.get_by_label("first pause, in seconds")).to_have_value("20")


def test_the_composer_starts_with_the_corrected_line(open_page: NewPage, replies: None):
    ticket = make_ticket(
        'base_url="http://api.gateway.invalid/v1/v1"\n404 Invalid URL (POST /v1/v1/chat/completions)'
    )
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")

    body = page.locator("#reply-body")
    expect(body).to_have_value(
        re.compile("1. Put exactly this line in its place: https://api.gateway.invalid/v1\n")
    )
    page.locator(".send-reply button.btn-main").first.click()
    expect(page.locator(".msg").last).to_contain_text("https://api.gateway.invalid/v1")
