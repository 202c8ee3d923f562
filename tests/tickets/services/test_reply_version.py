import pytest

from tests.factories import make_admin, make_agent, make_ticket
from tickets.models import AuditEntry, CannedReply
from tickets.services import catalogue
from tickets.services.content_diff import NewerVersion
from tickets.services.reply import filled_replies, filled_reply, suggested_replies
from tickets.services.reply_version import (
    bring_back,
    content_of,
    create_reply,
    differences,
    offer,
    save_reply,
)

pytestmark = pytest.mark.django_db


def reply_content(body="Take out the second /v1.", **more):
    texts = {
        "en": {"title": "Twice the same part", "body": body},
        "zh-hans": {"title": "有一段重复", "body": "请去掉重复的 /v1。"},
    }
    return {"cause": "endpoint.base_url", "scope": "all", "texts": texts, **more}


def fresh(reply):
    return CannedReply.objects.get(pk=reply.pk)


def test_a_new_reply_is_named_for_its_title_and_kept_as_its_first_version():
    admin = make_admin()

    first, second = create_reply(reply_content(), by=admin), create_reply(reply_content(), by=admin)

    assert (first.slug, second.slug) == ("twice-the-same-part", "twice-the-same-part-2")
    assert content_of(first) == first.versions.get().content == reply_content()
    kept = AuditEntry.objects.filter(kind="replies", about=first.slug).values("before", "after__cause").get()
    assert kept == {"before": None, "after__cause": "endpoint.base_url"}


def test_an_own_reply_is_offered_to_its_owner_only():
    agent, other = make_agent(), make_agent()
    reply = create_reply(reply_content(scope="own"), by=agent)
    ticket = make_ticket()

    assert reply.slug in {each.reply.slug for each in suggested_replies(ticket, by=agent, limit=9)}
    assert [each.reply for each in filled_replies(ticket, by=agent).replies] == [reply]
    for nobody in (other, None):
        assert suggested_replies(ticket, by=nobody) == []
        assert filled_reply(ticket, reply.slug, by=nobody) is None
    assert not CannedReply.objects.visible_to(other).exists()


def test_an_edited_built_in_reply_keeps_what_stood_and_is_left_alone_by_the_catalogue():
    catalogue.load()
    reply = CannedReply.objects.get(slug="key-invalid")
    stood = content_of(reply)

    save_reply(reply, {**reply_content("Our own words, {customer}.")}, by=make_admin())
    catalogue.load()

    kept = fresh(reply)
    assert (kept.is_built_in, content_of(kept)["texts"]["en"]["body"]) == (
        False,
        "Our own words, {customer}.",
    )
    assert [(each.number, each.by is None) for each in kept.versions.all()] == [(2, False), (1, True)]
    assert kept.versions.last().content == stood


def test_a_version_is_brought_back_in_both_languages():
    admin = make_admin()
    reply = create_reply(reply_content(), by=admin)
    save_reply(reply, reply_content("Changed."), by=admin)

    bring_back(reply.versions.get(number=1), by=admin, note="back")

    assert content_of(fresh(reply)) == reply_content()
    assert [each.note for each in reply.versions.all()] == ["back", "", ""]


def test_an_edit_that_began_with_an_older_version_overwrites_nothing():
    admin = make_admin()
    reply = create_reply(reply_content(), by=admin)
    save_reply(reply, reply_content("Changed."), by=admin, seen=1)

    with pytest.raises(NewerVersion):
        save_reply(reply, reply_content("Mine."), by=admin, seen=1)

    assert save_reply(reply, reply_content("Changed."), by=admin, seen=2) is None


def test_the_audit_holds_what_was_and_what_is():
    admin = make_admin()
    reply = create_reply(reply_content(), by=admin)

    save_reply(reply, reply_content("Changed."), by=admin)
    offer(reply, by=admin, is_active=False)
    offer(reply, by=admin, is_active=False)

    entries = AuditEntry.objects.filter(kind="replies").order_by("pk")
    assert [(each.before, each.after) for each in entries][1:] == [
        ({"en body": "Take out the second /v1."}, {"en body": "Changed."}),
        ({"offered": True}, {"offered": False}),
    ]


def test_differences_name_field_and_language():
    found = list(differences(reply_content(), reply_content("Changed.", cause="key.invalid")))

    assert [(each.language, each.field) for each in found] == [("", "cause"), ("en", "body")]
