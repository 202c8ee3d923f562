from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_ticket
from tickets.forms.snooze import SnoozeForm, choices_for
from tickets.models import Incident

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")


def offered(now, ticket):
    return {choice.slug: choice.wakes_at for choice in choices_for([ticket], now)}


def test_mornings_are_those_of_the_person():
    now = datetime(2026, 11, 27, 23, 30, tzinfo=SHANGHAI)  # a Friday

    assert offered(now, make_ticket(VAGUE)) == {
        "hour": datetime(2026, 11, 28, 0, 30, tzinfo=SHANGHAI),
        "tomorrow": datetime(2026, 11, 28, 9, tzinfo=SHANGHAI),
        "monday": datetime(2026, 11, 30, 9, tzinfo=SHANGHAI),
        "reply": None,
    }


def test_on_sunday_tomorrow_is_monday_and_is_offered_once():
    now = datetime(2026, 11, 29, 12, tzinfo=SHANGHAI)

    assert list(offered(now, make_ticket(VAGUE))) == ["hour", "tomorrow", "reply"]


def test_the_end_of_the_incident_is_offered_where_one_is_open():
    ticket = make_ticket(VAGUE)
    ticket.incident = Incident.objects.create(title="slow")
    assert "incident" in offered(timezone.now(), ticket)
    ticket.incident.state = Incident.State.RESOLVED

    assert "incident" not in offered(timezone.now(), ticket)


def test_a_time_of_ones_own_is_read_in_ones_own_zone():
    with timezone.override(SHANGHAI):
        wanted = (timezone.localtime() + timedelta(days=10)).replace(
            hour=9, minute=0, second=0, microsecond=0
        )
        form = SnoozeForm({"choice": "own", "at": f"{wanted:%Y-%m-%dT%H:%M}"}, tickets=[make_ticket(VAGUE)])

        assert form.is_valid()
        assert form.cleaned_data["wakes_at"] == wanted


@pytest.mark.parametrize("at", ["", "2020-01-01T09:00", "9998-01-01T09:00", "soon"])
def test_a_time_that_cannot_be_waited_for_is_refused(at):
    assert not SnoozeForm({"choice": "own", "at": at}, tickets=[make_ticket(VAGUE)]).is_valid()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("", "Choose the moment at which it wakes."),
        ("2020-01-01T09:00", "That moment is over. Choose a later one."),
        ("8998-01-01T09:00", "Choose a moment within the next year."),
        ("soon", "Write a date and a time, such as 2026-01-31 09:00."),
    ],
)
def test_what_is_wrong_with_a_time_is_said(at, said):
    form = SnoozeForm({"choice": "own", "at": at}, tickets=[make_ticket(VAGUE)])

    assert form.errors == {"at": [said]}


def test_the_menu_asks_for_no_time_of_ones_own():
    assert SnoozeForm({"choice": "hour", "at": ""}, tickets=[make_ticket(VAGUE)]).is_valid()


def test_a_moment_of_today_is_shown_without_its_day(monkeypatch):
    now = datetime(2026, 11, 27, 12, tzinfo=SHANGHAI)  # a Friday
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert [choice.hint for choice in choices_for([], now)] == ["13:00", "Sat 09:00", "Mon 09:00", ""]


def test_what_lies_behind_the_nearest_deadline_is_marked():
    now = datetime(2026, 11, 27, 12, tzinfo=SHANGHAI)
    near, far = make_ticket(VAGUE), make_ticket(VAGUE)
    near.due_at, far.due_at = now + timedelta(hours=4), now + timedelta(days=9)

    def late(*tickets):
        return [choice.slug for choice in choices_for(tickets, now) if choice.is_late]

    assert late(near, far) == ["tomorrow", "monday"]
    assert late(far) == []


def test_what_the_menu_does_not_offer_is_refused():
    assert not SnoozeForm({"choice": "incident"}, tickets=[make_ticket(VAGUE)]).is_valid()
