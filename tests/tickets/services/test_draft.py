import pytest

from tests.factories import fake_key, make_agent, make_ticket
from tickets.models import Draft
from tickets.services.draft import ChangedElsewhere, SentMeanwhile, drafts_of, keep
from tickets.services.message import send_reply
from tickets.services.send import note, send

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_for_each_person_and_kind():
    ticket, ana, bo = make_ticket(), make_agent(), make_agent()

    keep(ticket, by=ana, kind="reply", body="From Ana")
    keep(ticket, by=ana, kind="note", body="Ana's note")
    keep(ticket, by=bo, kind="reply", body="From Bo")
    keep(ticket, by=ana, kind="reply", body="From Ana, longer")

    assert {kind: draft.body for kind, draft in drafts_of(ana, ticket).here.items()} == {
        "reply": "From Ana, longer",
        "note": "Ana's note",
    }
    assert [draft.body for draft in drafts_of(bo, ticket).here.values()] == ["From Bo"]


def test_secrets_are_masked_before_a_draft_is_stored():
    ticket, agent = make_ticket(), make_agent()

    draft = keep(ticket, by=agent, kind="reply", body=f"Write to lin@client.invalid. {fake_key()}")

    draft.refresh_from_db()
    assert fake_key() not in draft.body
    assert draft.body.startswith("Write to lin@client.invalid.")


def test_nothing_typed_drops_the_draft():
    ticket, agent = make_ticket(), make_agent()
    keep(ticket, by=agent, kind="reply", body="words")

    assert keep(ticket, by=agent, kind="reply", body="  \n") is None
    assert not Draft.objects.exists()


def test_sending_removes_the_draft_of_its_kind_alone():
    ticket, agent = make_ticket(), make_agent()
    keep(ticket, by=agent, kind="reply", body="answer")
    keep(ticket, by=agent, kind="note", body="note")

    send(ticket, by=agent, body="Take out the second /v1.")
    assert [draft.kind for draft in Draft.objects.all()] == ["note"]

    note(ticket, by=agent, body="note")
    assert not Draft.objects.exists()


def test_a_late_save_does_not_bring_back_what_was_sent():
    ticket, agent = make_ticket(), make_agent()
    seen = ticket.messages.last().pk
    send_reply(ticket, by=agent, body="Take out the second /v1.")

    with pytest.raises(SentMeanwhile):
        keep(ticket, by=agent, kind="reply", body="Take out the sec", seen=seen)

    assert keep(ticket, by=agent, kind="note", body="another kind", seen=seen) is not None
    assert keep(ticket, by=make_agent(), kind="reply", body="another person", seen=seen) is not None


def test_what_was_saved_elsewhere_is_not_lost():
    ticket, agent = make_ticket(), make_agent()
    kept = keep(ticket, by=agent, kind="reply", body="From the desk", known="")
    there = keep(ticket, by=agent, kind="reply", body="From the phone", known=kept.mark)

    for late in ("From the desk, longer", ""):
        with pytest.raises(ChangedElsewhere) as refused:
            keep(ticket, by=agent, kind="reply", body=late, known=kept.mark)
        assert refused.value.draft == there

    more = keep(ticket, by=agent, kind="reply", body="From the phone and the desk", known=there.mark)
    keep(ticket, by=agent, kind="reply", body="From the phone and the desk, both", known=kept.mark)
    assert more.pk == Draft.objects.get(body="From the phone and the desk, both").pk


def test_one_statement_tells_all_drafts_and_carries_one_text(django_assert_num_queries):
    here, there, agent = make_ticket(), make_ticket(), make_agent()
    keep(here, by=agent, kind="reply", body="here")
    keep(there, by=agent, kind="reply", body="there")

    with django_assert_num_queries(1):
        drafts = drafts_of(agent, here)
        texts = [draft.body for draft in drafts.here.values()]

    assert (drafts.numbers, texts) == ({here.number, there.number}, ["here"])
