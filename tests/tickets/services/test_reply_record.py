from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_ticket
from tickets.models import CannedReply, Macro, MacroRun, Message
from tickets.services.macro.record import kept_for as macros_for
from tickets.services.reply_record import kept_for
from tickets.services.reply_version import create_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_agent()


def make_reply(title, **fields):
    texts = {language: {"title": title, "body": "Take it out."} for language in ("en", "zh-hans")}
    reply = create_reply({"cause": "endpoint.base_url", "scope": "all", "texts": texts}, by=make_admin())
    CannedReply.objects.filter(pk=reply.pk).update(**fields)
    return reply


def sent(reply, *settled):
    for each in settled:
        Message.objects.create(ticket=make_ticket(), kind="reply", body="x", canned_reply=reply, settled=each)


def looks(person, **more):
    return {row.title: [str(each) for each in row.looks] for row in kept_for(person, **more).rows}


def test_replies_that_nobody_sends_or_that_bring_customers_back_are_to_be_looked_at(agent):
    long_ago = timezone.now() - timedelta(days=91)
    make_reply("unused", created_at=long_ago)
    make_reply("new")
    sent(make_reply("used", created_at=long_ago), True, True, None)
    sent(make_reply("failing", times_settled=2), True, True, False, False, False)
    sent(make_reply("seldom", times_settled=2), True, True, False, False)

    assert looks(agent) == {
        "failing": ["failing"], "new": [], "seldom": [], "unused": ["unused"], "used": [],
    }  # fmt: skip
    assert list(looks(agent, only="review")) == ["failing", "unused"]


def test_few_failures_among_many_are_no_failure(agent):
    sent(make_reply("good", times_settled=20), *[False] * 3)

    assert looks(agent) == {"good": []}


def test_a_reply_that_was_taken_back_was_not_sent(agent):
    reply = make_reply("recalled")
    sent(reply, False, False, False)
    Message.objects.filter(canned_reply=reply).update(recalled_at=timezone.now())

    (row,) = kept_for(agent).rows

    assert (row.reopened, row.last_sent) == (0, None)


def test_replies_are_found_by_words_of_either_language_and_by_cause(agent):
    make_reply("Twice the same")

    assert len(kept_for(agent, words="twice take").rows) == 1
    assert len(kept_for(agent, words="endpoint.base_url").rows) == 1
    assert kept_for(agent, words="twice zebra").rows == []


def run_of(macro, **fields):
    return MacroRun.objects.create(
        macro=macro, name="x", ticket=make_ticket(), by=make_agent(), seen=1, **fields
    )


def test_runs_that_were_taken_back_or_brought_the_customer_back_did_not_hold(agent):
    macro, other = (Macro.objects.create(slug=name, name=name, actions=["confirm"]) for name in "ab")
    run_of(macro)
    run_of(macro, undone_at=timezone.now())
    for settled in (True, False, False):
        ticket = make_ticket()
        run_of(macro, message=Message.objects.create(ticket=ticket, kind="reply", body="x", settled=settled))

    found = {record.macro: record for record in macros_for(agent).records}

    assert (found[other].runs, found[other].is_failing) == (0, False)
    assert (found[macro].runs, found[macro].held, found[macro].is_failing) == (5, 2, True)
    assert [record.macro for record in macros_for(agent, only="review").records] == [macro]


def test_macros_that_nobody_runs_are_to_be_looked_at_while_they_are_offered(agent):
    long_ago = timezone.now() - timedelta(days=91)
    made = {
        name: Macro.objects.create(slug=name, name=name, actions=["confirm"])
        for name in ("old", "new", "off")
    }
    Macro.objects.exclude(slug="new").update(created_at=long_ago)
    Macro.objects.filter(slug="off").update(is_active=False)

    (record,) = macros_for(agent, only="review").records

    assert (record.macro, record.is_unused) == (made["old"], True)
