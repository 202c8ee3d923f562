import time

import pytest

from tests.factories import make_agent
from tickets.services import presence
from tickets.services.presence import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def here(number, besides):
    return [(each.name, each.state) for each in presence.of([number], besides=besides).get(number, [])]


def test_others_are_seen_and_oneself_is_not():
    ana, chen = make_agent(name="Ana"), make_agent(name="Chen")
    presence.beat(7, ana)
    presence.beat(7, chen, State.REPLYING)

    assert here(7, besides=ana) == [("Chen", State.REPLYING)]
    assert here(7, besides=chen) == [("Ana", State.VIEWING)]
    assert here(8, besides=chen) == []


def test_replying_in_one_window_beats_viewing_in_another():
    ana, chen = make_agent(name="Ana"), make_agent(name="Chen")
    presence.beat(7, chen, State.REPLYING)
    presence.beat(7, chen, State.VIEWING)
    presence.beat(8, chen, State.VIEWING)

    assert here(7, besides=ana) == [("Chen", State.REPLYING)]
    assert here(8, besides=ana) == [("Chen", State.VIEWING)]


def test_who_stops_typing_is_viewing_and_who_stops_beating_is_gone(clock):
    ana, chen = make_agent(name="Ana"), make_agent(name="Chen")
    presence.beat(7, chen, State.REPLYING)
    clock[0] += 10
    presence.beat(7, chen, State.VIEWING)
    clock[0] += 6
    assert here(7, besides=ana) == [("Chen", State.VIEWING)]

    clock[0] += 10
    assert here(7, besides=ana) == []


def test_a_name_lost_from_the_roster_is_back_with_the_next_beat():
    ana, chen = make_agent(name="Ana"), make_agent(name="Chen")
    presence.beat(7, chen)
    presence.cache.delete(presence.ROSTER)
    assert here(7, besides=ana) == []

    presence.beat(7, chen)
    assert here(7, besides=ana) == [("Chen", State.VIEWING)]
