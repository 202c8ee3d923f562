from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_agent
from tests.tickets.services.rule.test_set import activated
from tickets.models import FaqEntry
from tickets.services import outbox
from tickets.services.catalogue import load
from tickets.services.curation import curation_settings, save_curation
from tickets.services.faq.library import load_library
from tickets.services.faq.recheck_telling import ask_daily, note_rechecks, told_of
from tickets.services.faq.state import archive, confirm
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def library(db):
    load()
    load_library()


def age(*slugs, **fields):
    long_ago = timezone.now() - timedelta(days=100)
    FaqEntry.objects.filter(slug__in=slugs).update(verified_at=long_ago, **fields)


def due():
    return set(FaqEntry.objects.due().values_list("slug", "recheck_why"))


def test_what_is_due_is_told_once_in_one_letter_to_each_reader(mailoutbox):
    admin, reviewer = make_admin(), make_admin(language="zh-hans")
    age("base-url", "key-expired", reviewer=reviewer)

    note_rechecks()
    note_rechecks()
    outbox.drain(KINDS)

    (letter,) = mailoutbox
    assert letter.to == [reviewer.email]
    entry = FaqEntry.objects.get(slug="base-url")
    assert f"/articles/{entry.pk}/" in letter.body
    assert entry.texts.get(language="zh-hans").title in letter.body
    assert due() == {("base-url", "age"), ("key-expired", "age")}
    assert admin.email not in str(mailoutbox)


def test_without_a_reviewer_every_admin_is_told(mailoutbox):
    admins = {make_admin().email, make_admin().email}
    gone = make_admin(is_active=False)
    age("base-url", author=make_agent(), reviewer=gone)

    note_rechecks()
    outbox.drain(KINDS)

    assert {address for letter in mailoutbox for address in letter.to} == admins
    assert {person.email for person in told_of(FaqEntry.objects.get(slug="base-url"))} == admins


def test_activated_rules_call_for_their_article_at_once(mailoutbox):
    activated(make_admin(), make_admin())  # a rule of their own for gateway.bug

    outbox.drain(KINDS)

    assert due() == {("gateway-fault", "rules")}
    assert len(mailoutbox) == 2


def test_another_age_counts_at_once():
    admin = make_admin()
    FaqEntry.objects.filter(slug="base-url").update(verified_at=timezone.now() - timedelta(days=60))
    limits = curation_settings()
    limits.recheck_days = 30

    save_curation(limits, by=admin)
    outbox.drain(KINDS)

    assert due() == {("base-url", "age")}


def test_who_reads_it_again_or_takes_it_down_ends_it_and_the_next_time_is_told_anew(mailoutbox):
    admin = make_admin()
    age("base-url", "key-expired")
    note_rechecks()
    confirm(FaqEntry.objects.get(slug="base-url"), by=admin)
    archive(FaqEntry.objects.get(slug="key-expired"), by=admin)

    assert due() == set()
    outbox.drain(KINDS)
    assert mailoutbox == []  # nothing is left to say

    age("base-url")
    note_rechecks()
    outbox.drain(KINDS)
    assert [letter.subject for letter in mailoutbox] == ["1 article to read again"]


def test_it_is_looked_for_once_a_day():
    ask_daily()
    ask_daily()

    assert outbox.drain(KINDS) == 1


def test_the_rail_counts_what_is_due_for_those_who_keep_articles(client):
    age("base-url")
    note_rechecks()

    for person, counted in ((make_admin(), True), (make_agent(), False)):
        client.force_login(person)
        assert ("due for re-check</span>" in client.get("/desk/").content.decode()) == counted
