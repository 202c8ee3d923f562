import datetime

import pytest
from django.utils import timezone

from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_engineer, make_ticket
from tickets.models import Account, Draft, Merge, Ticket
from tickets.services import draft
from tickets.services.chain import verify
from tickets.services.escalation import escalate
from tickets.services.evidence import set_value
from tickets.services.family import messages_of, readers_of
from tickets.services.merge import CannotMerge, merge, undo_merge
from tickets.services.message import receive, send_reply
from tickets.services.snooze import snooze

pytestmark = pytest.mark.django_db
DEV = "dev@client.invalid"


@pytest.fixture
def agent():
    return make_agent()


def again(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def bodies(ticket):
    return [message.body for message in messages_of(again(ticket))]


def test_messages_of_both_are_one_conversation(agent):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket("still nothing at all", email=DEV)

    merge([second], into=first, by=agent)

    assert bodies(first) == [VAGUE, "still nothing at all"]
    assert again(second).merged_into == first


def test_what_the_merged_one_told_is_known_and_judged(agent):
    vague, telling = make_ticket(VAGUE, email=DEV), make_ticket(WRONG_BASE_URL, email=DEV)

    merge([telling], into=vague, by=agent)

    assert again(vague).cause == "endpoint.base_url"
    assert again(vague).current_evidence()["http_status"].value == 404


def test_both_chains_verify_and_the_survivor_names_the_other_head(agent):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)

    merge([second], into=first, by=agent)

    assert [verify(again(first)), verify(again(second))] == [None, None]
    named = first.events.get(kind="merged_in").data
    assert (named["other"], named["chain"]) == (second.number, again(second).chain_head)


def test_undone_it_is_as_before(agent):
    vague, telling = make_ticket(VAGUE, email=DEV), make_ticket(WRONG_BASE_URL, email=DEV)
    [done] = merge([telling], into=vague, by=agent)

    assert undo_merge(done, by=agent)

    assert (again(telling).merged_into, again(telling).status) == (None, "open")
    assert again(telling).cause == "endpoint.base_url"
    assert (again(vague).cause, again(vague).current_evidence()) == ("unknown", {})
    assert bodies(vague) == [VAGUE]
    assert not undo_merge(done, by=agent)


def test_a_value_set_since_stays_when_the_merge_is_undone(agent):
    vague, telling = make_ticket(VAGUE, email=DEV), make_ticket(WRONG_BASE_URL, email=DEV)
    [done] = merge([telling], into=vague, by=agent)
    set_value(again(vague), field="http_status", raw="503", by=agent)

    undo_merge(done, by=agent)

    assert again(vague).current_evidence()["http_status"].value == 503


def test_after_thirty_days_it_stays(agent):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    [done] = merge([second], into=first, by=agent)
    Merge.objects.update(created_at=done.created_at - datetime.timedelta(days=31))

    assert not undo_merge(done, by=agent)
    assert again(second).merged_into == first


def test_words_to_the_merged_number_reach_the_survivor(agent):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    send_reply(first, by=agent, body="Which model do you call?")
    merge([second], into=again(first), by=agent)
    send_reply(again(first), by=agent, body="And which address?")

    written = receive(again(second), text="it is gpt-4o", source=Ticket.Source.MAIL)

    assert written.ticket == first
    assert again(first).status == "open"


def test_a_waiting_ticket_opens_when_an_unanswered_one_joins(agent):
    answered, waiting_on_us = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    send_reply(answered, by=agent, body="Which model do you call?")

    merge([waiting_on_us], into=again(answered), by=agent)

    assert again(answered).status == "open"


def test_who_was_never_answered_still_waits_after_an_answered_ticket_joins(agent):
    waiting, answered = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    send_reply(answered, by=agent, body="Which model do you call?")

    merge([again(answered)], into=again(waiting), by=agent)

    survivor = again(waiting)
    assert (survivor.is_unanswered, survivor.status) == (True, "open")
    assert survivor.customer_spoke_at == waiting.customer_spoke_at


@pytest.mark.parametrize("aside", [None, "time"])
def test_parted_again_both_wait_for_whom_they_waited_for(agent, aside):
    answered, waiting_on_us = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    send_reply(answered, by=agent, body="Which model do you call?")
    wakes_at = timezone.now() + datetime.timedelta(days=2)
    if aside:
        snooze(answered, by=agent, until=aside, wakes_at=wakes_at)
    before = again(answered)
    [done] = merge([waiting_on_us], into=again(answered), by=agent)

    undo_merge(done, by=agent)

    kept = again(answered)
    assert (kept.status, kept.is_unanswered) == (before.status, False)
    assert (kept.customer_spoke_at, kept.desk_spoke_at) == (before.customer_spoke_at, before.desk_spoke_at)
    assert [each.wakes_at for each in kept.snoozes.open()] == ([wakes_at] if aside else [])
    assert (again(waiting_on_us).status, again(waiting_on_us).is_unanswered) == ("open", True)


def test_parted_after_somebody_moved_it_the_survivor_stays_where_it_is(agent):
    answered, waiting_on_us = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    send_reply(answered, by=agent, body="Which model do you call?")
    [done] = merge([waiting_on_us], into=again(answered), by=agent)
    receive(again(answered), text="any news?", source=Ticket.Source.FORM)

    undo_merge(done, by=agent)

    assert (again(answered).status, again(answered).is_unanswered) == ("open", True)


def test_what_was_put_aside_before_it_was_merged_sleeps_again(agent):
    first, asleep = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    snooze(asleep, by=agent, until="reply")
    [done] = merge([again(asleep)], into=first, by=agent)

    undo_merge(done, by=agent)

    assert again(asleep).status == "snoozed"
    assert [each.until for each in asleep.snoozes.open()] == ["reply"]


def test_drafts_go_along_to_the_survivor_below_those_that_stand_there(agent):
    first, second, colleague = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV), make_agent()
    draft.keep(first, by=agent, kind="reply", body="here")
    draft.keep(second, by=agent, kind="reply", body="there")
    draft.keep(second, by=colleague, kind="note", body="of a colleague")

    merge([second], into=first, by=agent)

    kept = [(each.person, each.kind, each.body) for each in Draft.objects.filter(ticket=first).order_by("pk")]
    assert kept == [(agent, "reply", "here\n\nthere"), (colleague, "note", "of a colleague")]
    assert not second.drafts.exists()


def test_a_ticket_is_not_merged_into_itself(agent):
    ticket = make_ticket(VAGUE, email=DEV)

    with pytest.raises(CannotMerge):
        merge([ticket], into=ticket, by=agent)


def test_another_customers_ticket_is_refused(agent):
    first, foreign = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email="other@else.invalid")

    with pytest.raises(CannotMerge) as refused:
        merge([foreign], into=first, by=agent)

    assert [refusal.number for refusal in refused.value.refusals] == [foreign.number]
    assert again(foreign).merged_into is None


def test_colleagues_of_one_account_both_read_the_answers(agent):
    account = Account.objects.create(name="Quillworks")
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email="ops@client.invalid")
    Ticket.objects.update(account=account)

    merge([second], into=again(first), by=agent)

    assert [reader.email for reader in readers_of(again(first))] == [DEV, "ops@client.invalid"]


def test_a_chain_of_merges_is_one_family_and_comes_apart_in_steps(agent):
    one, two, three = (make_ticket(f"word {name}", email=DEV) for name in ("one", "two", "three"))
    merge([one], into=two, by=agent)
    [last] = merge([two], into=three, by=agent)
    together = bodies(three)

    undo_merge(last, by=agent)

    assert together == ["word one", "word two", "word three"]
    assert (bodies(three), bodies(two)) == (["word three"], ["word one", "word two"])


def test_a_merged_ticket_takes_no_other_in(agent):
    one, two, three = (make_ticket(VAGUE, email=DEV) for _ in range(3))
    merge([one], into=two, by=agent)

    with pytest.raises(CannotMerge):
        merge([three], into=one, by=agent)


def test_an_open_escalation_goes_on_and_comes_back(agent):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    escalation = escalate(second, by=agent, reason="the route is down")
    [done] = merge([second], into=first, by=agent)
    escalation.refresh_from_db()
    moved = escalation.ticket

    undo_merge(done, by=make_engineer())

    escalation.refresh_from_db()
    assert (moved, escalation.ticket) == (first, second)
