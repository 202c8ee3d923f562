import html

import pytest

from tests.factories import fake_key, make_admin, make_agent, make_ticket
from tests.tickets.services.test_team import make_team
from tickets.models import Macro
from tickets.services.catalogue import load
from tickets.services.macro.offering import offered
from tickets.services.macro.version import content_of, save_macro
from tickets.services.reply_version import create_reply

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
    save(client, assign="me", add_tags="Base URL", verdict="config_mistake", scope="all")

    macro = Macro.objects.get()
    ticket = make_ticket()
    assert (macro.owner, macro.changed_by) == (agent, agent)
    assert macro.actions == ["confirm", {"tag": {"add": ["base-url"]}}, {"assign": "me"}]
    assert offered(ticket, by=agent) == [macro]
    assert offered(ticket, by=make_agent()) == []


def test_an_admin_writes_one_for_everybody(client, admin):
    save(client, scope="all")

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

    with django_assert_num_queries(6):
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


def test_a_copy_begins_with_all_of_another(client, admin):
    load()
    macro = Macro.objects.get(slug="escalate-provider")

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


def test_a_built_in_one_is_changed_compared_and_brought_back(client, admin):
    load()
    macro = Macro.objects.get(slug="answer-and-wait")
    stood = content_of(macro)

    save(client, f"/curation/macros/{macro.pk}/", name="Ours", scope="all")
    load()
    shown = client.get(f"/curation/macros/{macro.pk}/versions/2/").content.decode()
    answer = client.post(f"/curation/macros/{macro.pk}/versions/1/", follow=True)

    assert "<ins>Ours</ins>" in shown
    assert "Version 1 is back as the newest one." in answer.content.decode()
    assert content_of(Macro.objects.get(pk=macro.pk)) == stood


def test_who_saves_over_a_newer_version_keeps_what_was_typed(client, admin):
    save(client, scope="all")
    macro = Macro.objects.get()
    save_macro(macro, {**content_of(macro), "actions": [{"assign": "me"}]}, by=make_admin(name="Bo"))

    answer = save(client, f"/curation/macros/{macro.pk}/", name="Mine", scope="all", seen="1")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Bo saved version 2 meanwhile" in shown
    assert 'value="Mine"' in shown


@pytest.mark.parametrize(("language", "said"), [("en", "Hello "), ("zh-hans", "您好，")])
def test_a_preview_tells_what_it_does_on_a_real_ticket_and_keeps_nothing(client, agent, language, said):
    ticket = make_ticket(name="Lin", language=language)

    letters = {"letter": "own", "letter_en": "Hello {customer}: {task_id}", "letter_zh": "您好，{customer}。"}
    shown = save(client, ticket=ticket.number, preview="1", assign="me", **letters).content.decode()

    assert f"On ticket #{ticket.number}" in shown
    assert "Assign to Ana" in shown
    assert f'{said}<span class="fill">Lin</span>' in shown
    assert ("task_id}</span>" in shown) == (language == "en")
    assert not Macro.objects.exists()


def test_a_preview_says_where_it_would_not_be_offered(client, agent):
    ticket = make_ticket()

    shown = save(client, ticket=ticket.number, preview="1", verdict="provider_incident").content.decode()

    assert "Not offered there." in shown
    assert "Its conditions do not hold here." in shown


def test_a_preview_on_a_ticket_that_is_none_says_so(client, agent):
    answer = save(client, ticket=999_999, preview="1")

    assert answer.status_code == 422
    assert "There is no ticket #999999." in answer.content.decode()


def test_a_macro_of_a_team_is_in_the_lists_of_its_members_alone(client, agent):
    team = make_team("Asia", agent)

    save(client, scope=f"team-{team.pk}")

    macro = Macro.objects.get()
    assert (macro.team, macro.owner) == (team, None)
    assert "for the team Asia" in page(client)
    assert client.get(f"/curation/macros/{macro.pk}/").status_code == 200
    client.force_login(make_admin())
    assert "Take it" not in page(client)
    for address in (f"/curation/macros/{macro.pk}/", f"/curation/macros/{macro.pk}/versions/1/"):
        assert client.get(address).status_code == 404


def test_nobody_keeps_a_macro_for_a_team_of_others(client, agent):
    make_team("Asia", agent)
    other = make_team("Europe")

    answer = save(client, scope=f"team-{other.pk}")

    assert answer.status_code == 422
    assert not Macro.objects.exists()


def test_a_macro_for_more_people_than_its_reply_is_refused(client, admin):
    team = make_team("Asia", admin)
    texts = {language: {"title": "Ours", "body": "Take it out."} for language in ("en", "zh-hans")}
    content = {"cause": "endpoint.base_url", "scope": f"team-{team.pk}", "texts": texts}
    reply = create_reply(content, by=admin)

    answer = save(client, scope="all", letter="canned", canned_reply=reply.slug)
    assert "Not everybody who gets this macro sees that reply." in answer.content.decode()

    save(client, scope=f"team-{team.pk}", letter="canned", canned_reply=reply.slug)
    assert Macro.objects.get().team == team


def test_the_list_is_paged_without_gap(client, agent):
    for number in range(53):
        Macro.objects.create(slug=f"m{number}", name=f"No. {number:02}", position=number, actions=["confirm"])

    first = page(client)
    link = html.unescape(first.split('class="pager"><a href="')[1].split('"')[0])
    second = page(client, link)

    assert ("No. 49" in first, "No. 50" in first) == (True, False)
    assert ("No. 49" in second, "No. 52" in second, "pager" in second) == (False, True, False)
