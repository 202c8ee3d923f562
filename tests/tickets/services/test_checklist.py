import pytest

from tests.factories import make_agent, make_ticket
from tickets.services.checklist import add_point, checklist_of, tick
from tickets.services.verdict import overrule

pytestmark = pytest.mark.django_db


def keys(points):
    return [point.key for point in points]


def test_the_steps_are_those_of_verdict_and_layer():
    assert keys(checklist_of(make_ticket())) == [
        "mistake-words-agree",
        "mistake-fails-unchanged",
        "mistake-one-change",
        "mistake-charge-told",
        "client-version",
        "client-body-checked",
    ]


def test_a_tick_names_who_and_when(agent):
    ticket = make_ticket()

    tick(ticket, key="client-version", done=True, by=agent)

    (point,) = (point for point in checklist_of(ticket) if point.is_done)
    assert (point.key, point.done_by) == ("client-version", agent)
    assert ticket.events.last().kind == "checklist_done"


def test_ticking_twice_keeps_the_first_tick(agent):
    ticket = make_ticket()
    tick(ticket, key="client-version", done=True, by=agent)

    tick(ticket, key="client-version", done=True, by=make_agent())

    (point,) = (point for point in checklist_of(ticket) if point.is_done)
    assert point.done_by == agent
    assert [event.kind for event in ticket.events.all()].count("checklist_done") == 1


def test_a_tick_is_taken_away(agent):
    ticket = make_ticket()
    tick(ticket, key="client-version", done=True, by=agent)

    tick(ticket, key="client-version", done=False, by=agent)

    assert not any(point.is_done for point in checklist_of(ticket))
    assert ticket.events.last().kind == "checklist_undone"


def test_what_was_ticked_stays_when_the_verdict_changes(agent):
    ticket = make_ticket()
    tick(ticket, key="client-version", done=True, by=agent)

    overrule(ticket, by=agent, cause="rate.upstream", reason="The text names the provider's organisation.")

    assert keys(checklist_of(ticket)) == [
        "incident-others-fail",
        "incident-linked",
        "incident-no-promise",
        "incident-charge-checked",
        "provider-status",
        "provider-model-only",
        "client-version",
    ]


def test_an_own_point_is_added_and_ticked(agent):
    ticket = make_ticket()
    item = add_point(ticket, words="Call Mina at two, key sk-" + "Q7f3" * 11 + "ab12", by=agent)

    tick(ticket, key=f"own-{item.pk}", done=True, by=agent)

    point = checklist_of(ticket)[-1]
    assert (point.words.en, point.added_by, point.is_done) == (item.words, agent, True)
    assert "Q7f3" not in item.words


@pytest.mark.parametrize("key", ["no-such-step", "own-99", "own-x", ""])
def test_a_point_that_is_not_there_is_not_ticked(agent, key):
    assert tick(make_ticket(), key=key, done=True, by=agent) is False
