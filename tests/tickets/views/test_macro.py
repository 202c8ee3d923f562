import pytest

from tests.factories import fake_key, make_admin, make_agent, make_ticket
from tickets.models import Macro
from tickets.services.catalogue import load
from tickets.services.macro import offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    person = make_agent(name="Ana")
    client.force_login(person)
    return person


@pytest.fixture
def admin(client):
    person = make_admin()
    client.force_login(person)
    return person


def save(client, address="/curation/macros/new/", **fields):
    return client.post(address, {"name": "Take it", "confirm": "on", **fields}, follow=True)


def page(client, query=""):
    return client.get(f"/curation/macros/{query}").content.decode()


def test_an_agent_writes_one_and_only_they_are_offered_it(client, agent):
    save(client, assign="me", add_tags="Base URL", verdict="config_mistake", for_all="on")

    macro = Macro.objects.get()
    ticket = make_ticket()
    assert (macro.owner, macro.changed_by) == (agent, agent)
    assert macro.actions == ["confirm", {"tag": {"add": ["base-url"]}}, {"assign": "me"}]
    assert offered(ticket, by=agent) == [macro]
    assert offered(ticket, by=make_agent()) == []


def test_an_admin_writes_one_for_everybody(client, admin):
    save(client, for_all="on")

    assert Macro.objects.get().owner is None
    assert offered(make_ticket(), by=make_agent()) == [Macro.objects.get()]


def test_what_was_typed_stays_when_it_is_refused(client, agent):
    answer = save(client, letter="own", letter_en="Send us your API key.", note="Mine")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Send us your API key.</textarea>" in shown
    assert "Mine</textarea>" in shown
    assert not Macro.objects.exists()


def test_secrets_in_a_note_are_masked(client, agent):
    save(client, note=f"seen with {fake_key()}")

    assert fake_key() not in str(Macro.objects.get().actions)


def test_the_list_says_what_each_does_and_where(client, agent):
    load()
    shown = page(client)

    for words in (
        "Confirm, answer and wait for the customer",
        "Send the first suggested reply",
        "Assign to whoever runs it",
        "verdict: Config mistake",
        "the customer spoke last",
        "not: tag: charge-check",
        "Task id is known",
    ):
        assert words in shown, words


def test_the_list_in_chinese(client):
    client.force_login(make_agent(language="zh-hans"))
    load()

    assert "确认判定，回复并等待客户" in page(client)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, agent, django_assert_num_queries, count):
    for number in range(count):
        save(client, name=f"Own {number}", assign=str(agent.pk))
    page(client)

    with django_assert_num_queries(7):
        page(client)


def test_editing_shows_what_is_kept_and_changes_it(client, agent):
    save(client, note="Seen.", status=["open", "waiting"], then="tomorrow")
    macro = Macro.objects.get()
    address = f"/curation/macros/{macro.pk}/"

    shown = client.get(address).content.decode()
    assert "Seen.</textarea>" in shown
    assert '<option value="tomorrow" selected>' in shown

    save(client, address, name="Leave it", then="open")
    macro.refresh_from_db()
    assert (macro.name, macro.actions, macro.conditions) == ("Leave it", ["confirm", {"status": "open"}], {})


def test_built_in_ones_are_copied_not_changed(client, admin):
    load()
    macro = Macro.objects.get(slug="escalate-provider")

    assert client.get(f"/curation/macros/{macro.pk}/").status_code == 302
    shown = client.get(f"/curation/macros/new/?of={macro.pk}").content.decode()
    assert "Please find out whether other accounts fail alike" in shown


def test_off_offer_and_back(client, admin):
    load()
    macro = Macro.objects.get(slug="answer-and-wait")
    address = f"/curation/macros/{macro.pk}/retiring/"

    client.post(address)
    load()
    assert offered(make_ticket(), by=admin) == []
    assert "Offer again" in page(client, "?only=retired")

    client.post(address, {"again": "1"})
    assert offered(make_ticket(), by=admin) == [macro]


def test_nobody_elses_own_macros_are_seen(client, agent):
    macro = Macro.objects.create(slug="theirs", name="Theirs", owner=make_agent(), actions=["confirm"])

    assert "Theirs" not in page(client)
    for address in (f"/curation/macros/{macro.pk}/", f"/curation/macros/new/?of={macro.pk}"):
        assert client.get(address).status_code == 404
    assert client.post(f"/curation/macros/{macro.pk}/retiring/").status_code == 404


@pytest.mark.parametrize("only", ["own", "review", "retired"])
def test_an_empty_list_says_why(client, agent, only):
    assert 'class="empty"' in page(client, f"?only={only}")
