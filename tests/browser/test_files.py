"""Pictures and logs from the clipboard or dropped: into the reply, and as evidence."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_agent, make_ticket
from tickets.models import Attachment, EvidenceValue, Message

pytestmark = pytest.mark.django_db(transaction=True)
# A picture of one pixel, as a clipboard gives it.
GIVE_PICTURE = """(element, kind) => {
    const bytes = Uint8Array.from(atob(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "image.png", { type: "image/png" }));
    const options = { bubbles: true, cancelable: true };
    element.dispatchEvent(kind === "paste"
        ? new ClipboardEvent("paste", { ...options, clipboardData: data })
        : new DragEvent("drop", { ...options, dataTransfer: data }));
}"""
GIVE_TEXT = """(text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
}"""


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ticket():
    return make_ticket()


@pytest.fixture
def desk(open_page, ticket) -> Page:
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    return page


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_goes_into_the_reply_and_out_with_it(desk: Page, kind: str):
    desk.locator("#reply-body").fill("See the picture.")
    desk.locator("#reply-body").evaluate(GIVE_PICTURE, kind)
    expect(desk.locator("#reply-files")).to_contain_text("image.png")
    expect(desk.locator("#reply-body")).to_have_value("See the picture.")

    desk.locator("#reply-body").press("Control+Enter")

    expect(desk.locator(".msg .thumb")).to_be_visible(timeout=15_000)
    assert Attachment.objects.get().message == Message.objects.get(kind="reply")


def test_a_chosen_file_is_taken_off_again(desk: Page):
    desk.locator("#reply-body").evaluate(GIVE_PICTURE, "paste")
    desk.get_by_role("button", name="Take off image.png").click()

    expect(desk.locator("#reply-files")).not_to_contain_text("image.png")
    assert not Attachment.objects.exists()


def test_what_is_pasted_outside_of_fields_is_evidence(desk: Page, ticket):
    desk.evaluate(GIVE_TEXT, "HTTP/1.1 429 Too Many Requests")
    field = desk.locator("#editor textarea")
    expect(field).to_have_value("HTTP/1.1 429 Too Many Requests")

    # By key: the editor still moves to its place beside the strip, and a click beside it closes it.
    desk.locator("#editor").get_by_role("button", name="Read it").press("Enter")

    expect(desk.get_by_text("Found: ", exact=False)).to_be_visible(timeout=15_000)
    assert EvidenceValue.objects.filter(ticket=ticket, field="http_status", value=429).exists()
