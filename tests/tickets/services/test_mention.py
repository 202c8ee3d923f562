import pytest
from django.core import mail

from tests.factories import make_admin, make_agent, make_billing, make_engineer, make_ticket
from tickets.models import Job, Mention, Person, Team
from tickets.services.listing import listing_of, page_of
from tickets.services.mention import colleagues_on, named_in
from tickets.services.message import add_note
from tickets.services.outbox import drain
from tickets.services.outcome import resolve
from tickets.services.team import give_to_team, save_team
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db


def test_who_is_mentioned_is_told_once_and_finds_the_ticket_on_a_list():
    ticket, by, li = make_ticket(), make_agent(name="Ann"), make_engineer(name="Li Wei")

    add_note(ticket, by=by, body="@Li Wei, is this yours? @li wei knows the pool.")
    drain(KINDS)
    drain(KINDS)

    assert [each.person for each in Mention.objects.all()] == [li]
    letters = [letter for letter in mail.outbox if letter.to == [li.email]]
    assert len(letters) == 1
    assert letters[0].subject.startswith(f"Ann mentioned you: #{ticket.number}")
    assert "knows the pool" not in letters[0].body  # a note may quote evidence
    assert [each.number for each in page_of(listing_of({"view": "mentions"}, li)).tickets] == [ticket.number]
    assert page_of(listing_of({"view": "mentions"}, by)).tickets == []


def test_a_solved_ticket_leaves_the_list_of_mentions():
    ticket, by, li = make_ticket(), make_agent(), make_engineer(name="Li Wei")
    add_note(ticket, by=by, body="@Li Wei please look")

    resolve(
        ticket, by=by, cause="rate.account", plain="Pace it.", charged="no", retried="no", result="Works."
    )

    assert page_of(listing_of({"view": "mentions"}, li)).tickets == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("@Li look", ["Li"]),
        ("@li, look", ["Li"]),
        ("@Lina look", ["Lina"]),
        ("@Linus look", []),
        ("@Li Wei look", ["Li Wei"]),
        ("请\uff20王伟看一下", ["王伟"]),
        ("请@王伟看一下，@Li 也看看", ["王伟", "Li"]),
        ("write to help@li.example", []),
        ("@wang@desk.test look", ["王伟"]),
        ("npm i @scope/li", []),
        ("no sign: Li Wei", []),
    ],
)
def test_names_after_the_sign(body, named):
    people = [
        Person(pk=pk, name=name, email=f"{address}@desk.test")
        for pk, (name, address) in enumerate(
            (("Li", "li"), ("Lina", "lina"), ("Li Wei", "wei"), ("王伟", "wang")), start=1
        )
    ]

    assert [person.name for person in named_in(body, people)] == named


def test_nobody_is_called_who_may_not_read_the_note():
    ticket, by = make_ticket(), make_agent(name="Ann")
    make_billing(name="Bill")
    make_agent(name="Gone", is_active=False)
    outside = make_agent(name="Outside")
    theirs, ours = Team(name="theirs", is_narrow=True), Team(name="ours")
    for team, people in ((theirs, [outside]), (ours, [])):
        save_team(team, people=people, by=make_admin())
    give_to_team(ticket, ours, by=by)

    add_note(ticket, by=by, body="@Bill @Gone @Outside @Ann")

    assert outside not in {each.person for each in colleagues_on(ticket, of=by)}
    assert not Mention.objects.exists()
    assert not Job.objects.filter(kind="mail_mention").exists()


def test_two_of_one_name_are_told_apart_by_their_addresses():
    ticket = make_ticket()
    people = [make_agent(name="Li Wei"), make_agent(name="Li Wei")]

    assert [each.handle for each in colleagues_on(ticket, of=make_agent())] == [
        person.email for person in people
    ]
