"""For whom canned replies and macros are kept, and who sees them in the composer and in curation."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_admin, make_agent, make_billing, make_ticket
from tests.tickets.services.test_team import make_team
from tickets import permissions
from tickets.models import CannedReply, Macro, Person
from tickets.services.macro.offering import offered
from tickets.services.macro.version import NOTHING, create_macro, save_macro
from tickets.services.macro.version import content_of as content_of_macro
from tickets.services.reply import filled_replies, filled_reply, suggested_replies
from tickets.services.reply_version import bring_back, content_of, create_reply, save_reply
from tickets.services.scope import reaches, scopes_open_to
from tickets.services.team import remove_team

pytestmark = pytest.mark.django_db
TEXTS = {language: {"title": "Twice", "body": "Take it out."} for language in ("en", "zh-hans")}


def make_reply(scope, by):
    return create_reply({"cause": "endpoint.base_url", "scope": scope, "texts": TEXTS}, by=by)


def make_macro(scope, by):
    return create_macro(
        {**NOTHING, "scope": scope, "actions": ["confirm"], "texts": {"en": {"name": "It"}}}, by=by
    )


@pytest.mark.parametrize("make", [make_reply, make_macro])
def test_what_a_team_keeps_its_members_see_and_change_and_nobody_else(make):
    member, other, admin = make_agent(), make_agent(), make_admin()
    team = make_team("Asia", member)
    make_team("Europe", other)
    kept = make(f"team-{team.pk}", member)
    may_change = permissions.can_change_reply if make is make_reply else permissions.can_change_macro

    seen = [person for person in (member, other, admin) if type(kept).objects.visible_to(person).exists()]
    assert seen == [member]
    assert [may_change(person, kept) for person in (member, other, admin)] == [True, False, False]


def test_a_member_who_works_no_tickets_changes_nothing():
    billing = make_billing()
    kept = make_reply(f"team-{make_team('Asia', billing).pk}", make_agent())

    assert not permissions.can_change_reply(billing, kept)


def test_the_composer_offers_a_teams_replies_and_macros_to_its_members_only():
    member, other = make_agent(), make_agent()
    scope = f"team-{make_team('Asia', member).pk}"
    reply, macro, ticket = make_reply(scope, member), make_macro(scope, member), make_ticket()

    assert reply in {each.reply for each in suggested_replies(ticket, by=member, limit=9)}
    assert [each.reply for each in filled_replies(ticket, by=member).replies] == [reply]
    assert offered(ticket, by=member) == [macro]
    for nobody in (other, None):
        assert suggested_replies(ticket, by=nobody) == []
        assert filled_reply(ticket, reply.slug, by=nobody) is None
    assert offered(ticket, by=other) == []


def test_who_leaves_the_team_sees_it_no_more():
    member = make_agent()
    team = make_team("Asia", member)
    make_macro(f"team-{team.pk}", member)

    team.members.clear()

    assert not Macro.objects.visible_to(member).exists()


@pytest.mark.parametrize("make", [make_reply, make_macro])
def test_what_a_removed_team_kept_is_the_own_of_who_removed_it(make):
    member, admin = make_agent(), make_admin()
    team = make_team("Asia", member)
    kept = make(f"team-{team.pk}", member)

    assert remove_team(team, by=admin) == 1

    kept.refresh_from_db()
    assert (kept.owner, kept.team, kept.scope) == (admin, None, "own")
    assert not type(kept).objects.visible_to(member).exists()


@pytest.mark.parametrize(
    ("make", "save", "content"),
    [(make_reply, save_reply, content_of), (make_macro, save_macro, content_of_macro)],
)
def test_it_is_moved_between_one_person_a_team_and_everybody(make, save, content):
    admin = make_admin()
    team = make_team("Asia", admin)
    kept = make("own", admin)

    for scope, owner, in_team in (("all", None, None), (f"team-{team.pk}", None, team), ("own", admin, None)):
        save(kept, {**content(kept), "scope": scope}, by=admin)
        kept = type(kept).objects.get(pk=kept.pk)
        assert (kept.owner, kept.team, kept.scope) == (owner, in_team, scope)


def test_bringing_an_older_version_back_leaves_it_with_its_people():
    admin = make_admin()
    team = make_team("Asia", admin)
    reply = make_reply("all", admin)
    save_reply(reply, {**content_of(reply), "scope": f"team-{team.pk}", "cause": "key.invalid"}, by=admin)

    reply = CannedReply.objects.get()
    bring_back(reply.versions.get(number=1), by=admin, note="")

    kept = CannedReply.objects.get()
    assert (kept.scope, kept.cause) == (f"team-{team.pk}", "endpoint.base_url")


def test_a_person_and_a_team_at_once_is_refused_by_the_database():
    reply, team = make_reply("own", make_agent()), make_team("Asia")

    with pytest.raises(IntegrityError), transaction.atomic():
        CannedReply.objects.filter(pk=reply.pk).update(team=team)


def test_one_chooses_among_oneself_ones_teams_and_with_leave_everybody():
    agent = make_agent()
    team = make_team("Asia", agent)
    make_team("Europe")

    assert scopes_open_to(agent, may_share=False) == [("own", "Only me"), (f"team-{team.pk}", "Team Asia")]
    assert scopes_open_to(agent, may_share=True)[-1] == ("all", "Everybody")


def test_a_reply_reaches_a_macro_that_no_more_people_get():
    agent = make_agent()
    team = f"team-{make_team('Asia', agent).pk}"
    of_team, of_all = make_reply(team, agent), make_reply("all", make_admin())

    assert [reaches(of_team, scope) for scope in ("own", team, "all", "team-999")] == [
        True,
        True,
        False,
        False,
    ]
    assert all(reaches(of_all, scope) for scope in ("own", team, "all"))


def test_teams_are_asked_for_once_a_person(django_assert_num_queries):
    agent = make_agent()
    make_team("Asia", agent)
    replies = [make_reply("own", make_agent()) for _ in range(3)]
    person = Person.objects.get(pk=agent.pk)

    with django_assert_num_queries(1):
        assert not any(permissions.can_change_reply(person, reply) for reply in replies)
