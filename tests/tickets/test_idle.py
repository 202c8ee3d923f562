"""Sessions that nobody works in end by themselves; those of people at work last two weeks and no longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import PASSWORD

HOUR = 3600

pytestmark = pytest.mark.django_db


class Clock:
    """Stands still until it is put forward."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def shift(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def desk(clock, client, agent) -> Client:
    client.post(reverse("account_login"), {"login": agent.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("inbox")).status_code == 200


def test_a_day_without_a_click_ends_it(clock, desk):
    clock.shift(23 * HOUR)
    assert is_in(desk)
    clock.shift(23 * HOUR)
    assert is_in(desk)
    clock.shift(25 * HOUR)
    assert not is_in(desk)
    assert not is_in(desk)


def test_what_an_open_page_asks_for_is_no_click(clock, desk):
    for _ in range(5):
        clock.shift(6 * HOUR)
        last = desk.get(reverse("live"), headers={"HX-Request": "true"})
    assert last.status_code != 200
    assert not is_in(desk)


def test_watching_a_back_test_by_script_is_no_click_but_opening_it_is(clock, desk, agent):
    for headers, stays in ({"HX-Request": "true"}, False), ({}, True):
        desk.get(reverse("inbox"))
        clock.shift(20 * HOUR)
        desk.get(reverse("backtest", args=[1]), headers=headers)
        clock.shift(20 * HOUR)
        assert is_in(desk) is stays
        if not stays:
            desk.post(reverse("account_login"), {"login": agent.email, "password": PASSWORD})


def test_the_operator_says_after_how_long(clock, desk, settings):
    settings.SESSION_IDLE_SECONDS = HOUR
    clock.shift(HOUR + 1)
    assert not is_in(desk)


def test_work_does_not_stretch_two_weeks(clock, desk):
    for _ in range(14):
        clock.shift(23 * HOUR + 1800)
        assert is_in(desk)
    clock.shift(8 * HOUR)
    assert not is_in(desk)


def test_clicks_are_noted_every_few_minutes_only(clock, desk):
    desk.get(reverse("inbox"))

    def writes() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse("inbox"))
        return sum("django_session" in query["sql"] and "UPDATE" in query["sql"] for query in seen)

    assert writes() == 0
    clock.shift(301)
    assert writes() == 1
    assert writes() == 0
