"""The main job once in Chinese: a customer and an agent who read no English."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.factories import make_agent
from tickets.models import Ticket

pytestmark = pytest.mark.usefixtures("replies")
PASTE = (
    "今天下午开始调用 gpt-4o 一直报错，麻烦看一下。\n"
    '{"error":{"message":"用户额度不足, 剩余额度: 0.01","type":"new_api_error","code":"insufficient_user_quota"}}'
)
ENGLISH = re.compile(r"\b(?:the|and|is|for|not|your|we|to|of)\b", re.IGNORECASE)


def test_a_chinese_customer_is_answered_in_chinese(open_page: NewPage):
    page = open_page(locale="zh-CN", viewport=PHONE)
    page.goto("/")
    page.get_by_label("粘贴您看到的内容").fill(PASTE)
    page.get_by_role("button", name="查找原因").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("账户余额不足以支付这次请求")
    english_of_the_report = _english_in(page)
    page.get_by_label("接收回复的邮箱").fill("wang@client.invalid")
    page.get_by_label("您的称呼").fill("王小明")
    page.get_by_role("button", name="提交报告").click()
    page.wait_for_url("**/t/**")

    desk = open_page(make_agent(undo_seconds=0, name="李文静", language="zh-hans"))
    desk.goto(f"/tickets/{Ticket.objects.get().number}/")
    english_of_the_desk = _english_in(desk)
    expect(desk.locator("#reply-body")).to_have_value(re.compile("王小明"))
    desk.get_by_role("button", name="发送给 王小明").click()

    page.reload()
    expect(page.locator(".msg").last).to_contain_text("李文静")
    assert (english_of_the_report, english_of_the_desk, _english_in(page)) == ([], [], [])
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def _english_in(page: Page) -> list[str]:
    """Lines of the page that read as English."""
    return [line for line in page.locator("body").inner_text().splitlines() if ENGLISH.search(line)]
