"""All replies of a desk that has kept thousands: page by page, and in the list that `/` opens."""

import re
from html import unescape
from time import process_time

import pytest

from tests.factories import make_replies, make_ticket
from tickets.models import CannedReply
from tickets.services.catalogue import load

pytestmark = pytest.mark.django_db


def test_every_one_of_many_replies_is_on_some_page_once(client, agent):
    load()
    make_replies(400)
    ticket = make_ticket()
    shown, address, pages = [], "?", 0
    while address:
        html = client.get(f"/tickets/{ticket.number}/replies/{address}").content.decode()
        shown += re.findall(r'<h2><a href="[^"]*reply=([\w-]+)', html)
        following = re.search(r'class="pager"><a href="([^"]+)"', html)
        address, pages = unescape(following[1]) if following else "", pages + 1
        assert len(html) < 150_000

    assert pages > 16
    assert sorted(shown) == sorted(CannedReply.objects.values_list("slug", flat=True))


def test_a_page_of_two_thousand_replies_costs_little_more_than_one_of_three_hundred(client, agent):
    load()
    address = f"/tickets/{make_ticket().number}/replies/"

    def cost(headers):
        def once():
            started = process_time()
            client.get(address, headers=headers)
            return process_time() - started

        return min(once() for _ in range(4))

    asked: tuple[dict[str, str], ...] = ({}, {"HX-Request": "true"})
    make_replies(300)
    few = [cost(headers) for headers in asked]
    make_replies(1_700, first=300)
    many = [cost(headers) for headers in asked]

    assert all(after < 4 * before for before, after in zip(few, many, strict=True))


def test_the_list_for_the_picker_says_that_there_are_more_and_finds_them_by_words(client, agent):
    load()
    address = f"/tickets/{make_ticket().number}/replies/"
    listed = {"HX-Request": "true"}
    few = client.get(address, headers=listed).content.decode()
    make_replies(300)

    many = client.get(address, headers=listed).content.decode()
    found = client.get(address, {"q": "wording 299"}, headers=listed).content.decode()
    still_many = client.get(address, {"q": "wording"}, headers=listed).content.decode()

    assert "data-more" not in few
    assert "data-more" in many
    assert "There are more. Type a word to look through all of them." in many
    assert re.findall(r'data-preview="preview-([\w-]+)"', found) == ["own-299"]
    assert "data-more" not in found
    assert "There are more. Another word narrows them." in still_many
