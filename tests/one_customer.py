"""One customer whose name stands wherever a person of the desk, a gateway or a visitor can write."""

from decimal import Decimal

from django.utils import timezone

from tests.articles import article_content
from tests.charges import make_charge, make_proposal
from tests.factories import fake_key, make_admin, make_agent, make_billing, make_engineer, make_ticket
from tests.failures import make_row, make_token
from tests.incidents import make_incident
from tests.mails import a_mail
from tickets.models import (
    Account,
    AuditEntry,
    Backtest,
    CannedReply,
    Customer,
    Delivery,
    InboundMail,
    KeyRecord,
    Person,
    SavedView,
    Ticket,
)
from tickets.services import outbox
from tickets.services.article.use import vote
from tickets.services.audit import note
from tickets.services.charge.aside import set_aside
from tickets.services.compensation.deciding import approve, credit
from tickets.services.escalation import escalate
from tickets.services.failure.storing import store
from tickets.services.faq.draft import begin_article
from tickets.services.fruitless_search import note_fruitless
from tickets.services.inbound_mail import receive_mail
from tickets.services.incident.update import send_update
from tickets.services.message import add_note, send_reply
from tickets.services.notice import keep, read_page
from tickets.services.outcome import resolve
from tickets.services.rule.drafting import begin_draft, save_rule
from tickets.tasks import KINDS
from triage.engine.catalogue.written import read_written

EMAIL = "berta.lindqvist@client.invalid"
NAME = "Berta Lindqvist"
ACCOUNT = "Lindqvist Optics"
REQUEST = "req_lindqvist_7781"
RULE = """id: own-teapot
cause: client.unsupported
strength: sure
when:
  all:
    - text: {matches: 'teapot'}
because:
  en: Teapots make no tea.
  zh: 茶壶不泡茶。
source: our own, after a letter of Berta Lindqvist
fires_on:
  - Berta Lindqvist says I am a teapot
quiet_on:
  - Berta Lindqvist says I am a kettle
"""


def close(ticket: Ticket, by: Person) -> None:
    resolve(
        ticket,
        by=by,
        cause="key.invalid",
        plain=f"a wrong key of {NAME}",
        charged="no",
        retried="no",
        result="explained",
    )


def make_known_customer() -> Customer:
    """Two closed tickets, one of the form and one of a mail, and every trace that the desk could keep of them."""
    agent = make_agent(undo_seconds=0)
    ticket = make_ticket(
        f"Lindqvist here: HTTP 401 Incorrect API key provided: {fake_key()} request_id: {REQUEST}",
        email=EMAIL,
        name=NAME,
    )
    customer = Customer.objects.get(email=EMAIL)
    _own_account(customer, ticket)
    receive_mail(a_mail("Lindqvist again, 404", sender=f"{NAME} <{EMAIL}>"), way=InboundMail.Way.PIPE)
    other = make_ticket("Somebody else fails")
    add_note(ticket, by=agent, body="Lindqvist is known")
    send_reply(ticket, by=agent, body="Dear Lindqvist, the key is wrong.", sure=())
    escalate(ticket, by=agent, reason=f"{NAME} waits")
    _money(ticket)
    _reported()
    _written_by_people(ticket, other)
    outbox.sweep(KINDS)
    for each in customer.tickets.all():
        close(each, agent)
    return customer


def _own_account(customer: Customer, ticket: Ticket) -> None:
    account = Account.objects.create(name=ACCOUNT, external_id="lindqvist-17")
    customer.account = ticket.account = account
    customer.save()
    ticket.save()
    KeyRecord.objects.filter(tickets=ticket).update(account=account, owner=NAME)


def _money(ticket: Ticket) -> None:
    billing = make_billing()
    charge = make_charge(account=ACCOUNT, request_id=REQUEST)
    charge.ticket = ticket
    charge.save()
    paid = make_proposal(charge, by=make_engineer(), reason=f"{NAME} got nothing", evidence=f"mail of {NAME}")
    if paid.state == "proposed":
        approve(paid, by=billing)
    credit(paid, by=billing, reference=f"credit to {EMAIL}")
    aside = make_charge(account=ACCOUNT, amount=Decimal("0.1"))
    set_aside(aside, by=billing, because=f"{NAME} does not want it")


def _reported() -> None:
    row = make_row(
        account=ACCOUNT, key_owner=NAME, raw_error=f"quota of {NAME} is used up", request_id=REQUEST
    )
    assert not store([row], token=make_token()).rejected


def _written_by_people(ticket: Ticket, other: Ticket) -> None:
    admin, engineer = make_admin(), make_engineer()
    content = article_content(strings=[f"no quota for {NAME}"])
    content["texts"]["en"]["symptom"] = f"{NAME} saw 404 at once."
    content["texts"]["en"]["fix"] = [f"Do as {NAME} did."]
    article = begin_article("wrong-address", content, by=admin)
    vote(
        article,
        language="en",
        helped=False,
        visitor="v",
        day=timezone.now().date(),
        reason="wrong",
        note=f"I am {NAME}",
    )
    note_fruitless(f"account of {NAME.lower()}", language="en", visitor="v")
    incident = make_incident([other], by=engineer, title=f"gpt-4o is down, says {NAME}")
    update = send_update(
        incident, by=engineer, state="identified", texts={"en": f"It fails for {NAME}.", "zh-hans": ""}
    )
    Delivery.objects.create(update=update, ticket=ticket, error=f"refused: {EMAIL}")
    page = (
        f'{{"incidents": [{{"id": "1", "name": "Trouble of {NAME}", "created_at": "2026-01-01T00:00:00Z"}}]}}'
    )
    keep(read_page(page), provider="openai", by=engineer)
    draft = begin_draft(by=admin, about=f"for {NAME}")
    rule = read_written(RULE).rule
    assert rule is not None
    save_rule(draft, rule, RULE, by=admin)
    Backtest.objects.create(
        rule_set=draft, digest="0" * 64, state="failed", error=f"ticket of {NAME}: ValueError"
    )
    SavedView.objects.create(owner=admin, name="hers", parameters={"q": EMAIL})
    reply = CannedReply.objects.create(slug="for-one", cause="key.invalid")
    reply.texts.create(language="en", title="For one", body=f"Dear {NAME}, your key is wrong.")
    note(
        AuditEntry.Kind.EXPORT,
        by=admin,
        about=f"packet of {NAME}",
        before={"q": EMAIL},
        after={"names": [NAME]},
    )
