"""An agent of a narrow team reaches for a ticket of another team by every way in: to them it does not exist."""

import pytest

from tests.addresses import address, make_others
from tests.factories import make_agent, make_engineer, make_ticket
from tests.mails import a_mail
from tests.permission_table import DESK
from tests.tickets.services.test_team import make_team
from tickets.models import Escalation, InboundMail, Incident, Person, Ticket
from tickets.services.attachment import read_upload
from tickets.services.escalation import escalate
from tickets.services.inbound_mail import receive_mail
from tickets.services.team import give_to_team

pytestmark = pytest.mark.django_db
SECRET = "zanzibar-quota-77"


@pytest.fixture
def agent() -> Person:
    person = make_agent()
    make_team("one", person, narrow=True)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def hidden() -> Ticket:
    """With a file, an escalation, a mail and an incident."""
    upload = read_upload(f"{SECRET}.log", f"HTTP/1.1 404 Not Found\n{SECRET}".encode())
    ticket = make_ticket(
        f"{SECRET} does not work 404 Invalid URL", email="lin@client.invalid", uploads=[upload]
    )
    escalate(ticket, by=make_engineer(), reason=SECRET)
    give_to_team(ticket, make_team("other"), by=make_engineer())
    return ticket


def test_no_address_with_its_number_opens(client, request):
    ticket = make_ticket()
    make_others(ticket)
    agent, hidden = request.getfixturevalue("agent"), request.getfixturevalue("hidden")
    client.force_login(agent)
    before = f"/tickets/{ticket.number}/"
    for name, (method, body, _) in DESK.items():
        at = address(name, ticket)
        if at.startswith(before):
            answer = getattr(client, method)(at.replace(before, f"/tickets/{hidden.number}/", 1), body)
            assert answer.status_code == 404 or name == "context", name
            assert SECRET not in answer.content.decode(errors="replace"), name


def test_no_list_search_jump_file_or_review_shows_it(client, agent, hidden):
    own = make_ticket("my own 404 Invalid URL", email="lin@client.invalid")
    Ticket.objects.filter(pk=own.pk).update(fingerprint=hidden.fingerprint)
    file = hidden.attachments.get()
    mail = receive_mail(a_mail(SECRET, subject=SECRET), way=InboundMail.Way.PIPE)
    give_to_team(Ticket.objects.get(inbound_mail=mail), hidden.team, by=make_engineer())
    incident = Incident.objects.create(title="everything fails")
    Ticket.objects.filter(pk=hidden.pk).update(incident=incident)
    escalation = Escalation.objects.get(ticket=hidden)
    client.force_login(agent)

    for path in (
        "/desk/?view=all",
        "/desk/?view=escalated",
        f"/desk/?view=all&q={SECRET}",
        f"/desk/jump/?q={SECRET}",
        f"/desk/jump/?q={hidden.number}",
        "/desk/live/",
        "/review/",
        f"/review/{escalation.pk}/",
        f"/review/{escalation.pk}/packet.json",
        f"/review/{escalation.pk}/packet.html",
        f"/review/{escalation.pk}/provider-text/",
        f"/incidents/{incident.pk}/",
        "/curation/mail/",
        f"/curation/mail/{mail.pk}/",
        f"/files/{file.pk}/{file.name}",
        f"/tickets/{own.number}/",
        f"/tickets/{own.number}/?tab=account",
        f"/tickets/{own.number}/?tab=incident",
        f"/desk/merging/?number={own.number}&number={hidden.number}",
    ):
        page = client.get(path).content.decode(errors="replace")
        for asked in (f"q={SECRET}", f'value="{SECRET}"', f"“{SECRET}”"):  # what was typed oneself
            page = page.replace(asked, "")
        assert SECRET not in page, path


def test_no_change_of_many_touches_it(client, agent, hidden):
    client.force_login(agent)
    length = hidden.chain_length

    client.post("/desk/changes/confirm/", {"number": [hidden.number], "numbers": [hidden.number]})
    client.post("/desk/merging/", {"number": [hidden.number], "into": hidden.number})

    hidden.refresh_from_db()
    assert hidden.chain_length == length


def test_who_gives_a_ticket_away_out_of_sight_is_led_to_the_inbox(client, agent, hidden):
    ticket = make_ticket()
    client.force_login(agent)

    answer = client.post(f"/tickets/{ticket.number}/team/", {"team": hidden.team_id})

    assert answer.headers["Location"] == "/desk/"
    assert client.get(f"/tickets/{ticket.number}/").status_code == 404
