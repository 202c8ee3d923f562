import pytest

from tests.factories import VAGUE, make_agent, make_engineer, make_ticket
from tickets.models import Draft, Escalation, Macro, MacroRun, Message, Ticket
from tickets.services import hold
from tickets.services.assignment import assign
from tickets.services.catalogue import load
from tickets.services.changed import ChangedMeanwhile
from tickets.services.checks import HeldBack
from tickets.services.draft import keep
from tickets.services.incident.states import open_incident
from tickets.services.macro.offering import offered
from tickets.services.macro.plan import plan_of
from tickets.services.macro.run import DoesNotFit, Texts, run
from tickets.services.macro.undo import undo
from tickets.services.tag import set_tags
from tickets.services.verdict import overrule

pytestmark = pytest.mark.django_db
ANSWER = "Please take the second /v1 out of your base URL."


@pytest.fixture
def agent():
    return make_agent(name="Ana")


def make_macro(*do, when=None, **fields):
    return Macro.objects.create(
        slug=f"own-{Macro.objects.count()}", name="Own", conditions=when or {}, actions=list(do), **fields
    )


def run_on(macro, ticket, by, **texts):
    ticket.refresh_from_db()
    return run(macro, ticket, by=by, texts=Texts(**texts), seen=ticket.chain_length)


def kinds_of(ticket, after=0):
    return [event.kind for event in ticket.events.filter(position__gt=after).order_by("position")]


def names(macros):
    return [macro.slug for macro in macros]


def test_the_built_in_ones_are_offered_where_their_conditions_hold(agent):
    load()

    assert names(offered(make_ticket(), by=agent)) == ["answer-and-wait"]
    assert names(offered(make_ticket(VAGUE), by=agent)) == ["ask-and-take"]
    assert "charged-look-into" in names(offered(make_ticket(told={"charged": True}), by=agent))


def test_loading_again_keeps_what_was_taken_off_offer(agent):
    load()
    Macro.objects.filter(slug="answer-and-wait").update(is_active=False)
    load()

    assert offered(make_ticket(), by=agent) == []


@pytest.mark.parametrize(
    ("when", "is_offered"),
    [
        ({}, True),
        ({"all": [{"verdict": {"is": "config_mistake"}}]}, True),
        ({"all": [{"verdict": {"is": "provider_incident"}}]}, False),
        ({"all": [{"cause": {"starts_with": "endpoint."}}]}, True),
        ({"all": [{"status": {"in": ["waiting", "snoozed"]}}]}, False),
        ({"all": [{"http_status": {"is": 404}}]}, True),
        ({"all": [{"model": {"exists": True}}]}, False),
        ({"all": [{"missing": {"is": "model"}}]}, True),
        ({"all": [{"tag": {"in": ["vip", "refund"]}}]}, True),
        ({"none": [{"tag": {"is": "vip"}}]}, False),
        ({"all": [{"assigned": {"is": False}}]}, True),
        ({"any": [{"mine": {"is": True}}, {"escalated": {"is": True}}]}, False),
    ],
)
def test_conditions_are_tested_on_the_ticket(agent, when, is_offered):
    ticket = make_ticket()
    set_tags(ticket, ["vip"], by=agent)
    make_macro("confirm", when=when)

    assert bool(offered(ticket, by=agent)) == is_offered


def test_one_with_a_mistake_in_it_is_not_offered(agent):
    make_macro("confirm", when={"all": [{"colour": {"is": "red"}}]})
    make_macro("dance")

    assert offered(make_ticket(), by=agent) == []


def test_others_own_macros_are_not_offered(agent):
    make_macro("confirm", owner=make_agent())
    mine = make_macro("confirm", owner=agent)

    assert offered(make_ticket(), by=agent) == [mine]


def test_what_cannot_be_done_is_not_offered(agent):
    ticket = make_ticket()
    make_macro({"reply": "no-such-reply"})
    make_macro({"snooze": "incident"})
    make_macro({"assign": 10**20})
    make_macro({"reply": {"zh": "您好"}})

    assert offered(ticket, by=agent) == []


def test_all_of_it_is_told_before(agent):
    load()
    ticket = make_ticket(name="Lin")
    assign(ticket, to=agent, by=agent)

    plan = plan_of(Macro.objects.get(slug="answer-and-wait"), ticket, by=agent)

    assert [(effect.kind, effect.is_idle) for effect in plan.effects] == [
        ("confirm", False),
        ("assign", True),
        ("reply", False),
        ("status", False),
    ]
    assert "Lin" in plan.effects[2].words
    assert plan.effects[3].words == "Status: waiting on us → waiting for the customer"
    assert "/v1" in plan.letter.text


def test_all_is_done_and_one_event_names_the_macro(agent):
    ticket = make_ticket()
    before = ticket.chain_length
    macro = make_macro(
        "confirm",
        {"tag": {"add": ["base-url"]}},
        {"assign": "me"},
        {"note": {"en": "Seen before with {model}."}},
        {"escalate": {"en": "Please look."}},
        {"reply": {"en": ANSWER}},
        {"status": "open"},
    )

    made = run_on(macro, ticket, agent)

    assert kinds_of(ticket, before) == [
        "verdict_confirmed", "tags_set", "assigned", "noted", "escalated", "replied", "macro_run",
    ]  # fmt: skip
    assert ticket.events.last().data["name"] == "Own"
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.verdict_by_person) == (Ticket.Status.OPEN, agent, True)
    assert made.message.is_held
    macro.refresh_from_db()
    assert macro.times_run == 1


def test_the_same_click_twice_is_one_run(agent):
    ticket = make_ticket()
    macro = make_macro({"note": {"en": "Seen."}})
    seen = ticket.chain_length

    first = run(macro, ticket, by=agent, texts=Texts(), seen=seen)

    assert run(macro, ticket, by=agent, texts=Texts(), seen=seen) == first
    assert Message.objects.filter(kind="note").count() == 1


def test_what_must_not_be_said_stops_all_of_it(agent):
    ticket = make_ticket()
    before = ticket.chain_length
    macro = make_macro("confirm", {"reply": {"en": ANSWER}})

    with pytest.raises(HeldBack):
        run_on(macro, ticket, agent, body="Please send us your API key.")

    ticket.refresh_from_db()
    assert (ticket.chain_length, ticket.verdict_by_person) == (before, False)
    assert not MacroRun.objects.exists()


def test_a_ticket_that_others_changed_stops_it(agent):
    ticket = make_ticket()
    seen = ticket.chain_length
    overrule(ticket, by=make_agent(), cause="task.queued", reason="It waits.")

    with pytest.raises(ChangedMeanwhile):
        run(make_macro("confirm"), ticket, by=agent, texts=Texts(), seen=seen)


def test_conditions_that_do_not_hold_stop_it(agent):
    macro = make_macro("confirm", when={"all": [{"verdict": {"is": "provider_incident"}}]})

    with pytest.raises(DoesNotFit):
        run_on(macro, make_ticket(), agent)


def test_undo_puts_everything_back_and_the_reply_into_the_draft(agent):
    other = make_engineer()
    ticket = make_ticket()
    assign(ticket, to=other, by=other)
    set_tags(ticket, ["old", "kept"], by=other)
    macro = make_macro(
        "confirm", {"tag": {"add": ["new"], "remove": ["old"]}}, {"assign": "nobody"}, {"reply": {"en": ANSWER}},
        {"snooze": "reply"},
    )  # fmt: skip
    made = run_on(macro, ticket, agent)

    assert set(undo(made, by=agent).restored) == {"reply", "confirm", "tags", "assign"}

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.verdict_by_person) == (Ticket.Status.OPEN, other, False)
    assert sorted(tag.name for tag in ticket.tags.all()) == ["kept", "old"]
    assert Draft.objects.get().body == ANSWER
    assert undo(made, by=agent).restored == ()
    assert kinds_of(ticket)[-1] == "macro_undone"


def test_undo_puts_a_snooze_back(agent):
    ticket = make_ticket()
    made = run_on(make_macro({"snooze": "tomorrow"}), ticket, agent)
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.SNOOZED

    undo(made, by=agent)

    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN
    assert not ticket.snoozes.open().exists()


def test_undo_leaves_what_somebody_decided_since(agent):
    ticket = make_ticket()
    made = run_on(make_macro("confirm", {"assign": "me"}), ticket, agent)
    other = make_agent()
    ticket.refresh_from_db()
    assign(ticket, to=other, by=other)

    taken = undo(made, by=agent)

    ticket.refresh_from_db()
    assert (taken.restored, taken.kept) == (("confirm",), ("assign",))
    assert ticket.assignee == other


def test_a_reply_that_has_gone_out_stays_and_the_rest_is_put_back(agent):
    ticket = make_ticket()
    made = run_on(make_macro("confirm", {"reply": {"en": ANSWER}}), ticket, agent)
    hold.release(made.message_id)

    taken = undo(made, by=agent)

    assert (taken.restored, taken.kept) == (("confirm",), ("reply",))


def test_a_draft_goes_with_the_reply_that_holds_it(agent):
    ticket = make_ticket()
    keep(ticket, by=agent, kind=Message.Kind.REPLY, body="Hello Lin,")

    run_on(make_macro({"reply": {"en": ANSWER}}), ticket, agent, body=f"Hello Lin,\n\n{ANSWER}")

    assert Message.objects.get(kind="reply").body.startswith("Hello Lin,")
    assert not Draft.objects.exists()


def test_asking_leaves_the_draft_and_waits(agent):
    load()
    ticket = make_ticket(VAGUE)
    keep(ticket, by=agent, kind=Message.Kind.REPLY, body="Hello Lin,")

    made = run_on(Macro.objects.get(slug="ask-and-take"), ticket, agent)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (Ticket.Status.WAITING, agent)
    assert ticket.evidence_requests.get().message == made.message
    assert Draft.objects.get().body == "Hello Lin,"


def test_escalating_twice_keeps_the_first(agent):
    ticket = make_ticket()
    macro = make_macro({"escalate": {"en": "Please look."}})
    run_on(macro, ticket, agent)
    run_on(macro, ticket, agent, reason="again")

    assert Escalation.objects.get().reason == "Please look."


def test_an_incident_can_be_waited_for(agent):
    load()
    ticket = make_ticket("HTTP/1.1 503\n\nupstream overloaded, no capacity for gpt-4o")
    assert ticket.verdict == "provider_incident"
    open_incident(by=make_engineer(), title="gpt-4o", tickets=[ticket])
    ticket = Ticket.objects.get()
    assert "answer-until-incident-ends" in names(offered(ticket, by=agent))

    run_on(Macro.objects.get(slug="answer-until-incident-ends"), ticket, agent)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozes.open().get().until) == (Ticket.Status.SNOOZED, "incident")
