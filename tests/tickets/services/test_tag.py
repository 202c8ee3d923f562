import pytest

from tests.factories import VAGUE, fake_key, make_ticket
from tickets.models import SearchDoc, Tag, Ticket
from tickets.services.chain import verify
from tickets.services.tag import MOST, add_tag, names_in, normalised, remove_tag, set_tags

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Base URL", "base-url"),
        ("#refund", "refund"),
        ("  GPT-4o  ", "gpt-4o"),
        ("ＶＩＰ", "vip"),
        ("扣费 问题", "扣费-问题"),
        ('a "b", (c)', "a-b-c"),
        ("v1.2", "v1.2"),
        ("--", ""),
        ("x" * 60, "x" * 40),
    ],
)
def test_one_spelling_for_each_tag(typed, kept):
    assert normalised(typed) == kept


def test_a_line_of_tags_is_parted_by_commas():
    assert names_in("Base URL, refund，扣费、refund ,, ") == ["base-url", "refund", "扣费"]


def test_one_event_tells_what_came_and_what_went(agent):
    ticket = make_ticket(VAGUE)
    set_tags(ticket, ["refund", "Base URL"], by=agent)

    assert set_tags(ticket, ["base-url", "vip"], by=agent) == ["base-url", "vip"]
    set_tags(ticket, ["vip", "base-url"], by=agent)

    assert [event.data for event in ticket.events.filter(kind="tags_set")] == [
        {"added": ["refund", "base-url"], "removed": []},
        {"added": ["vip"], "removed": ["refund"]},
    ]
    assert verify(Ticket.objects.get(pk=ticket.pk)) is None
    assert Tag.objects.count() == 3


def test_adding_and_removing_leave_the_others(agent):
    ticket = make_ticket(VAGUE)

    assert add_tag(ticket, "Refund", by=agent) == ["refund"]
    assert add_tag(ticket, "vip", by=agent) == ["refund", "vip"]
    assert remove_tag(ticket, "REFUND", by=agent) == ["vip"]
    assert remove_tag(ticket, "refund", by=agent) == ["vip"]
    assert ticket.events.filter(kind="tags_set").count() == 3


def test_the_search_entry_follows(agent):
    ticket = make_ticket(VAGUE)
    add_tag(ticket, "base-url", by=agent)

    assert "tag=base-url" in SearchDoc.objects.get(pk=ticket.pk).tokens.split(" ")
    remove_tag(ticket, "base-url", by=agent)
    assert "tag=base-url" not in SearchDoc.objects.get(pk=ticket.pk).tokens.split(" ")


def test_no_more_tags_than_a_row_can_bear_and_no_key_among_them(agent):
    ticket = make_ticket(VAGUE)

    assert len(set_tags(ticket, [f"tag-{at}" for at in range(MOST + 5)], by=agent)) == MOST
    assert fake_key().lower() not in set_tags(ticket, [fake_key()], by=agent)[0]
