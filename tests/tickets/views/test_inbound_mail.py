from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_ticket
from tests.mails import a_bounce, a_mail
from tickets.models import InboundMail, Mailbox, Ticket
from tickets.services.inbound_mail import receive_mail
from tickets.services.mail.marks import message_id_of
from tickets.services.message import send_reply
from triage.environment import Mailbox as Named

pytestmark = pytest.mark.django_db
PIPE = InboundMail.Way.PIPE


@pytest.fixture
def admin(client):
    person = make_admin()
    client.force_login(person)
    return person


def make_mails(count: int) -> None:
    InboundMail.objects.bulk_create(
        InboundMail(mail_id=f"{number}@x", state="ignored", reason="bulk", subject=f"mail {number:03}")
        for number in range(count)
    )


def test_the_ledger_is_paged_newest_first_without_a_gap(client, admin):
    make_mails(120)

    seen, query = [], ""
    while True:
        page = client.get(f"/curation/mail/{query}")
        seen += [mail.subject for mail in page.context["mails"]]
        query = page.context["next"]
        if not query:
            break

    assert seen == [f"mail {number:03}" for number in reversed(range(120))]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_ledger_has_a_fixed_number_of_statements(
    client, admin, count, settings, django_assert_num_queries
):
    settings.MAILBOX = Named("mail.invalid", 993, "desk", "")
    Mailbox.objects.create(name=settings.MAILBOX.name)
    for number in range(count):
        receive_mail(a_mail(str(number)), way=PIPE)

    with django_assert_num_queries(9):
        client.get("/curation/mail/")


def test_the_ledger_is_narrowed_by_state(client, admin):
    receive_mail(a_mail("one"), way=PIPE)
    receive_mail(a_mail("two", precedence="bulk"), way=PIPE)

    page = client.get("/curation/mail/?state=ignored")

    assert [mail.reason for mail in page.context["mails"]] == ["bulk"]
    assert "sent to many at once" in page.content.decode()


def test_an_admin_takes_in_what_was_ignored(client, admin):
    mail = receive_mail(a_mail("please", precedence="bulk"), way=PIPE)

    page = client.post(f"/curation/mail/{mail.pk}/trying/", follow=True)

    ticket = Ticket.objects.get()
    assert f"The mail is now on #{ticket.pk}." in page.content.decode()
    assert client.post(f"/curation/mail/{mail.pk}/trying/").status_code == 302
    assert Ticket.objects.count() == 1


def test_an_agent_reads_the_source_and_decides_nothing(client):
    client.force_login(make_agent())
    mail = receive_mail(a_mail("the <b>words</b>", precedence="bulk"), way=PIPE)

    page = client.get(f"/curation/mail/{mail.pk}/").content.decode()

    assert "the &lt;b&gt;words&lt;/b&gt;" in page
    assert "Take it in" not in page


def test_trouble_with_the_mailbox_is_told_on_the_page_and_on_the_rail_of_every_page(client, settings):
    client.force_login(make_agent())
    settings.MAILBOX = Named("mail.invalid", 993, "desk", "secret")
    box = Mailbox.objects.create(name=settings.MAILBOX.name, read_at=timezone.now())
    assert "no mail is coming in" not in client.get("/desk/").content.decode()

    box.went_wrong(timezone.now(), "NO wrong name or password")

    assert "no mail is coming in" in client.get("/desk/").content.decode()
    page = client.get("/curation/mail/").content.decode()
    assert "Mail cannot be fetched from desk@mail.invalid/INBOX" in page
    assert "NO wrong name or password" in page


def test_a_mailbox_that_nobody_reads_is_told(client, settings):
    client.force_login(make_agent())
    settings.MAILBOX = Named("mail.invalid", 993, "desk", "secret")
    Mailbox.objects.create(name=settings.MAILBOX.name, read_at=timezone.now() - timedelta(hours=1))

    assert "Look whether a worker is running." in client.get("/curation/mail/").content.decode()


def test_an_answer_that_came_back_is_marked_in_the_conversation(client):
    agent = make_agent()
    client.force_login(agent)
    ticket = make_ticket()
    letter = send_reply(ticket, by=agent, body="Take out the second /v1.")
    before = client.get(f"/tickets/{ticket.pk}/").content.decode()

    receive_mail(a_bounce(message_id_of(letter.pk)), way=PIPE)

    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "the customer does not have it" not in before
    assert "the customer does not have it" in page
    assert "550 5.1.1 user unknown" in page
