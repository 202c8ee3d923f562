from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_admin, make_agent, make_ticket
from tickets.models import BusinessCalendar, Job, SlaPolicy, Ticket
from tickets.services import outbox
from tickets.services.message import send_reply
from tickets.services.service_level import set_up
from tickets.services.setting_change import last_changes
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
OFFICE = {"name": "Office", "zone": "Asia/Shanghai", "day0": "09:00-12:00, 13:00-18:00", "day4": "9–17:30"}
LEVEL = {"name": "Gold", "verdict": "", "tier": "gold", "position": "0", "pauses": "on", "is_active": "on"}


@pytest.fixture
def admin(client):
    person = make_admin(name="Ira Moss")
    client.force_login(person)
    return person


@pytest.fixture
def always(db):
    return BusinessCalendar.objects.create(name="24/7", always_open=True)


def new_calendar(client, **fields):
    return client.post("/curation/work/calendars/new/", {**OFFICE, **fields})


def new_level(client, calendar, **fields):
    return client.post("/curation/work/levels/new/", {**LEVEL, "calendar": calendar.pk, **fields})


def test_an_admin_makes_a_calendar(client, admin):
    new_calendar(client, holidays="2026-10-01 National day\n2026/12/25\n", day6="22:00-06:00")
    page = client.get("/curation/work/").content.decode()

    calendar = BusinessCalendar.objects.get()
    assert calendar.hours == [[[540, 720], [780, 1080]], [], [], [], [[540, 1050]], [], [[1320, 1800]]]
    assert list(calendar.holidays.values_list("day", "name")) == [
        (date(2026, 10, 1), "National day"),
        (date(2026, 12, 25), ""),
    ]
    assert "Mon 09:00-12:00, 13:00-18:00 · Fri 09:00-17:30 · Sun 22:00-06:00" in page
    assert "Calendar “Office” added" in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"day0": "09:00-13:00, 12:00-18:00"}, "09:00-13:00 and 12:00-18:00 overlap."),
        ({"day3": "22:00-10:00"}, "22:00-10:00 of the day before and 09:00-17:30 overlap."),
        ({"day6": "20:00-09:30"}, "20:00-09:30 of the day before and 09:00-12:00 overlap."),
        ({"day1": "nine to five"}, "“nine to five” is no time of opening."),
        ({"day1": "09:00-25:00"}, "“09:00-25:00” is no time of a day."),
        ({"day1": "09:00-09:00"}, "“09:00-09:00” has no length."),
        ({"holidays": "2026-10-01 one\nChristmas"}, "Line 2: write a date first"),
        ({"holidays": "2026-02-30"}, "Line 1: write a date first"),
        ({"holidays": "2026-10-01\n2026-10-01 again"}, "Line 2: 2026-10-01 stands there twice."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(client, admin, fields, message):
    page = new_calendar(client, day5="10:00-11:11", **fields)

    assert page.status_code == 422
    assert message in page.content.decode()
    assert "10:00-11:11" in page.content.decode()
    assert not BusinessCalendar.objects.exists()


def test_a_calendar_that_never_opens_is_refused(client, admin):
    page = new_calendar(client, day0="", day4="", holidays="2026-10-01 National day")

    assert page.status_code == 422
    assert "No day is open." in page.content.decode()
    assert "National day" in page.content.decode()


def test_hours_are_read_with_chinese_signs(client, admin):
    new_calendar(client, day0="09：00－12：00，13：00～18：00")

    assert BusinessCalendar.objects.get().hours[0] == [[540, 720], [780, 1080]]


def test_a_second_calendar_of_the_same_name_is_refused(client, admin):
    new_calendar(client)

    assert "Another calendar has this name." in new_calendar(client).content.decode()


def test_a_calendar_shows_what_was_saved(client, admin):
    new_calendar(client, holidays="2026-10-01 National day")
    page = client.get(f"/curation/work/calendars/{BusinessCalendar.objects.get().pk}/").content.decode()

    assert 'value="09:00-12:00, 13:00-18:00"' in page
    assert "2026-10-01 National day" in page


def test_a_calendar_in_use_cannot_be_removed(client, admin, always):
    new_level(client, always, first_reply="4 h")
    page = client.post(f"/curation/work/calendars/{always.pk}/deletion/", follow=True)

    assert "“24/7” stays: these policies count in its hours: Gold." in page.content.decode()
    SlaPolicy.objects.all().delete()
    client.post(f"/curation/work/calendars/{always.pk}/deletion/")
    assert not BusinessCalendar.objects.exists()


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("90", 90), ("30 min", 30), ("4h", 240), ("1 h 30 min", 90), ("2 d", 2880), ("2 小时", 120), ("", None)],
)
def test_times_are_read_as_people_write_them(client, admin, always, typed, minutes):
    new_level(client, always, first_reply=typed, solve="9 d")

    assert SlaPolicy.objects.get().first_reply == minutes


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "This promises nothing."),
        ({"first_reply": "soon"}, "Write a time such as 30 min, 4 h or 2 d."),
        ({"first_reply": "4 weeks"}, "Write a time such as 30 min, 4 h or 2 d."),
        ({"first_reply": "0"}, "Promise at least a minute"),
        ({"first_reply": "900 d"}, "Promise at least a minute"),
        ({"first_reply": "4 h", "solve": "2 h"}, "cannot be promised sooner than the first reply"),
    ],
)
def test_a_wrong_promise_is_refused(client, admin, always, fields, message):
    page = new_level(client, always, **fields)

    assert page.status_code == 422
    assert message in page.content.decode()
    assert 'value="gold"' in page.content.decode()


def test_after_a_change_open_deadlines_are_counted_anew(client, admin):
    set_up()
    SlaPolicy.objects.update(created_at=timezone.now() - timedelta(days=9))
    ticket = make_ticket(VAGUE)
    standard = SlaPolicy.objects.get(name="Standard")

    fields = {**LEVEL, "name": "Standard", "tier": "", "position": "1", "calendar": standard.calendar_id}
    client.post(f"/curation/work/levels/{standard.pk}/", {**fields, "first_reply": "1 h", "solve": "72 h"})
    assert Job.objects.filter(kind="restate_open").count() == 1
    outbox.drain(KINDS)

    left = Ticket.objects.get(pk=ticket.pk).due_at - timezone.now()
    assert timedelta(minutes=55) < left <= timedelta(hours=1)
    assert last_changes(1)[0].fields["first_reply"] == (240, 60)


def test_a_save_that_changes_nothing_counts_nothing_anew(client, admin, always):
    new_level(client, always, first_reply="4 h")
    Job.objects.all().delete()
    client.post(
        f"/curation/work/levels/{SlaPolicy.objects.get().pk}/",
        {**LEVEL, "calendar": always.pk, "first_reply": "240"},
    )

    assert not Job.objects.exists()


def test_a_policy_may_go_on_while_we_wait_for_the_customer(client, admin, always):
    new_level(client, always, tier="", solve="3 d", pauses="")
    SlaPolicy.objects.update(created_at=timezone.now() - timedelta(days=9))
    ticket = make_ticket(VAGUE)
    send_reply(ticket, by=make_agent(), body="We look into it and write to you today.")

    assert ticket.clocks.get(kind="solve").pause == ""
    assert ticket.clocks.get(kind="solve").due_at is not None


def test_a_policy_that_promised_something_stays(client, admin, always):
    new_level(client, always, tier="", first_reply="4 h")
    policy = SlaPolicy.objects.get()
    make_ticket(VAGUE)

    page = client.post(f"/curation/work/levels/{policy.pk}/deletion/", follow=True)
    assert "Take it out of use instead." in page.content.decode()

    new_level(client, always, tier="platinum", first_reply="4 h", position="1")
    other = SlaPolicy.objects.get(tier="platinum")
    client.post(f"/curation/work/levels/{other.pk}/deletion/")
    assert list(SlaPolicy.objects.all()) == [policy]


def test_a_policy_behind_one_that_fits_everything_is_told_to_never_apply(client, admin, always):
    new_level(client, always, name="All", tier="", first_reply="4 h")
    new_level(client, always, name="Gold", first_reply="1 h", position="5")

    assert "never applies: “All” comes first" in client.get("/curation/work/").content.decode()


def test_without_a_calendar_one_is_made_first(client, admin):
    page = client.get("/curation/work/levels/new/", follow=True)

    assert "First make a calendar whose hours the policy counts in." in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("90", "1 h 30 min"), ("1 d", "24 h"), ("60 h", "60 h"), ("2 d 1 h", "49 h"), ("72 h", "3 days")],
)
def test_the_list_and_the_form_write_a_time_alike(client, admin, always, typed, shown):
    new_level(client, always, solve=typed)
    policy = SlaPolicy.objects.get()
    form = client.get(f"/curation/work/levels/{policy.pk}/").content.decode()

    assert f'<td class="nowrap">{shown}\n' in client.get("/curation/work/").content.decode()
    assert f'value="{shown}"' in form
    assert "a day is 24 such hours" in form
    client.post(f"/curation/work/levels/{policy.pk}/", {**LEVEL, "calendar": always.pk, "solve": shown})
    assert SlaPolicy.objects.get().solve == policy.solve
