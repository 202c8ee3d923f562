import pytest
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_ticket
from tickets.models import AssignmentRule, BusinessCalendar, Person, SlaPolicy
from tickets.services.away import go_away
from tickets.services.setting_change import last_changes

pytestmark = pytest.mark.django_db
RULE = {"name": "Everything", "mode": "round_robin", "position": "0", "is_active": "on"}


@pytest.fixture
def admin(client):
    person = make_admin(name="Ira Moss")
    client.force_login(person)
    return person


def test_an_admin_makes_a_rule_and_new_tickets_go_by_it(client, admin):
    ana = make_agent(name="Ana Petrov")

    page = client.post("/curation/work/assignment/new/", {**RULE, "people": [ana.pk]}, follow=True)
    ticket = make_ticket()

    assert "“Everything” was saved." in page.content.decode()
    assert "Assignment rule “Everything” added" in page.content.decode()
    assert ticket.assignee == ana
    assert (
        "Assigned to Ana Petrov by “Everything”: their turn"
        in client.get(f"/tickets/{ticket.number}/").content.decode()
    )


def test_a_rule_that_gives_to_nobody_is_refused_and_keeps_what_was_typed(client, admin):
    page = client.post("/curation/work/assignment/new/", {**RULE, "tier": "gold"})

    assert page.status_code == 422
    assert "Choose at least one person, or assign by hand." in page.content.decode()
    assert 'value="gold"' in page.content.decode()
    assert not AssignmentRule.objects.exists()


def test_a_change_is_told_with_what_it_was(client, admin):
    ana = make_agent()
    client.post("/curation/work/assignment/new/", {**RULE, "people": [ana.pk]})
    rule = AssignmentRule.objects.get()

    url = f"/curation/work/assignment/{rule.pk}/"
    page = client.post(url, {**RULE, "mode": "load", "people": [ana.pk]}, follow=True)

    assert "mode: round robin → by load" in page.content.decode()
    assert last_changes(1)[0].fields == {"mode": ("round_robin", "load")}


def test_a_removed_rule_gives_nothing_away(client, admin):
    client.post("/curation/work/assignment/new/", {**RULE, "people": [make_agent().pk]})
    client.post(f"/curation/work/assignment/{AssignmentRule.objects.get().pk}/deletion/")

    assert make_ticket().assignee is None
    assert last_changes(1)[0].kind == "removed"


def test_an_admin_sets_a_capacity_and_a_wrong_one_is_refused(client, admin):
    ana = make_agent()
    address = f"/curation/work/people/{ana.pk}/"

    assert client.post(address, {"do": "capacity", "capacity": "-3"}).status_code == 422
    client.post(address, {"do": "capacity", "capacity": "12"})

    assert Person.objects.get(pk=ana.pk).capacity == 12


def test_an_admin_says_that_somebody_is_away_and_back(client, admin):
    ana = make_agent(name="Ana Petrov")
    address = f"/curation/work/people/{ana.pk}/"

    page = client.post(address, {"do": "away", "note": "ill"}, follow=True)
    assert "ill" in page.content.decode()
    assert Person.objects.get(pk=ana.pk).is_away

    client.post(address, {"do": "back"})
    assert not Person.objects.get(pk=ana.pk).is_away


def test_one_says_that_one_is_away_and_open_tickets_show_it(client):
    ana = make_agent(name="Ana Petrov")
    client.force_login(ana)
    ticket = make_ticket()
    client.post(f"/tickets/{ticket.number}/assignment/", {"to": ana.pk})

    until = timezone.now().replace(year=timezone.now().year + 1, month=1, day=1)
    client.post("/preferences/away/", {"until": until.strftime("%Y-%m-%dT09:00"), "note": "parental leave"})
    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert f"Ana Petrov is away until {until.year}-01-01 09:00: parental leave" in page
    assert "Ana Petrov (away)" in page

    client.post("/preferences/away/", {"back": "1"})
    assert "(away)" not in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_time_that_is_over_is_refused_and_the_note_is_kept(client):
    client.force_login(make_agent())

    page = client.post("/preferences/away/", {"until": "2020-01-01T09:00", "note": "training"})

    assert page.status_code == 422
    assert "That moment is over. Choose a later one." in page.content.decode()
    assert 'value="training"' in page.content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_the_database_the_same_however_many_there_are(
    client, admin, django_assert_num_queries, people
):
    for _ in range(people):
        ana = make_agent()
        go_away(ana, by=ana, until=None)
        client.post("/curation/work/assignment/new/", {**RULE, "people": [ana.pk]})
    client.get("/curation/work/")

    with django_assert_num_queries(12):
        client.get("/curation/work/")


def test_a_new_rule_comes_last_and_no_two_share_a_place(client, admin):
    new = "/curation/work/assignment/new/"
    client.post(new, {**RULE, "mode": "hand", "position": "4"})

    assert 'name="position" value="5"' in client.get(new).content.decode()

    page = client.post(new, {**RULE, "name": "Second", "mode": "hand", "position": "4"})
    assert page.status_code == 422
    assert "“Everything” has the place 4. Choose another one." in page.content.decode()
    assert AssignmentRule.objects.count() == 1
    listed = client.get("/curation/work/").content.decode()
    assert '<td class="num">4</td>' in listed


def test_rules_that_share_a_place_from_before_can_still_be_saved(client, admin):
    rules = [AssignmentRule.objects.create(name=name, mode="hand", position=3) for name in ("one", "other")]

    client.post(
        f"/curation/work/assignment/{rules[1].pk}/",
        {**RULE, "name": "new", "mode": "hand", "position": "3"},
    )

    assert [rule.name for rule in AssignmentRule.objects.all()] == ["one", "new"]


def test_the_rules_of_the_work_are_said_in_chinese_with_words_of_things(client):
    client.force_login(make_admin(language="zh-hans", name="Ira Moss"))
    calendar = BusinessCalendar.objects.create(name="Office", always_open=True)
    level = {"name": "Gold", "position": "0", "calendar": calendar.pk, "is_active": "on", "solve": "1 d"}
    client.post("/curation/work/levels/new/", level)
    policy = SlaPolicy.objects.get()
    client.post(
        f"/curation/work/levels/{policy.pk}/", {**level, "verdict": "config_mistake", "solve": "36 h"}
    )

    page = client.get("/curation/work/").content.decode()

    assert page.count('<th scope="col">名称</th>') == 2
    assert '<th scope="col">营业时间</th>' in page
    assert "服务级别“Gold”已修改" in page
    assert "config_mistake" not in page
    assert "配置问题" in page
    assert "24 小时 → 36 小时" in page
    assert 'value="36 小时"' in client.get(f"/curation/work/levels/{policy.pk}/").content.decode()


def test_the_own_name_in_the_preferences_is_that_of_a_person(client):
    client.force_login(make_agent(language="zh-hans"))

    assert ">姓名</label>" in client.get("/preferences/").content.decode()
