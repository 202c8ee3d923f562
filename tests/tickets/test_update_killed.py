"""An update to 500 customers, its workers killed in the middle: afterwards everybody has it once."""

import re
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import make_engineer
from tests.incidents import CHINESE, ENGLISH, TEXTS
from tests.plumbing import kill_group, product_environment, program, wait_until
from tickets.models import Customer, Delivery, Incident, Job, Message, Ticket
from tickets.services.chain import verify_all
from tickets.services.incident.update import send_update

CUSTOMERS = 500
SOON = {"OUTBOX_LEASE_SECONDS": "2", "OUTBOX_SWEEP_SECONDS": "1"}


def make_many_affected() -> Incident:
    """Rows as they are, since taking in 500 texts is not what is looked at."""
    incident = Incident.objects.create(title="gpt-4o is down", model="gpt-4o")
    customers = Customer.objects.bulk_create(
        Customer(email=f"customer{number}@client.invalid") for number in range(CUSTOMERS)
    )
    Ticket.objects.bulk_create(
        Ticket(
            subject="gpt-4o fails",
            customer=customer,
            incident=incident,
            language=("en", "zh-hans")[number % 2],
        )
        for number, customer in enumerate(customers)
    )
    return incident


def kill_workers_in_the_middle(env: dict[str, str]) -> None:
    for enough in (60, 240):
        with program("manage.py", "work", env=env) as worker:
            wait_until(partial(_have_it, enough), seconds=40)
            kill_group(worker)
        assert 0 < Delivery.objects.waiting().count() < CUSTOMERS
    with program("manage.py", "work", env=env):
        wait_until(lambda: not Job.objects.open().exists(), seconds=90)


def everybody_has_it_once(mails: Path) -> None:
    assert Delivery.objects.filter(state="sent").count() == CUSTOMERS
    replies = Counter(Message.objects.filter(kind="reply").values_list("ticket", "ticket__language", "body"))
    assert replies == Counter(
        (number, language, ENGLISH if language == "en" else CHINESE)
        for number, language in Ticket.objects.values_list("pk", "language")
    )
    assert list(verify_all()) == []
    assert Message.objects.filter(mailed_at=None).count() == 0
    ids: dict[str, set[str]] = {}
    for file in mails.glob("*.log"):
        text = file.read_text()
        for to, mail_id in zip(
            re.findall(r"^To: (\S+)", text, re.M), re.findall(r"^Message-ID: (\S+)", text, re.M), strict=True
        ):
            ids.setdefault(to, set()).add(mail_id)
    assert [len(ids.get(customer.email, ())) for customer in Customer.objects.all()] == [1] * CUSTOMERS


def _have_it(at_least: int) -> bool:
    return Delivery.objects.filter(state="sent").count() >= at_least


def test_killing_workers_amid_an_update_doubles_and_loses_nothing(transactional_db: None, tmp_path: Path):
    send_update(make_many_affected(), by=make_engineer(), state="identified", texts=TEXTS)
    env = product_environment(REDIS_URL="", TRIAGE_DATA_DIR=str(tmp_path), **SOON)
    kill_workers_in_the_middle(env)

    everybody_has_it_once(tmp_path / "mail")


@pytest.mark.real_queue
def test_killing_celery_workers_amid_an_update_doubles_and_loses_nothing(
    transactional_db: None, tmp_path: Path
):
    send_update(make_many_affected(), by=make_engineer(), state="identified", texts=TEXTS)
    assert settings.REDIS_URL
    kill_workers_in_the_middle(product_environment(TRIAGE_DATA_DIR=str(tmp_path), **SOON))

    everybody_has_it_once(tmp_path / "mail")
