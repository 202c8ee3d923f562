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


def test_what_the_menu_does_not_offer_is_refused():
    assert not SnoozeForm({"choice": "incident"}, tickets=[make_ticket(VAGUE)]).is_valid()
