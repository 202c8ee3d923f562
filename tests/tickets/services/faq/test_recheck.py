from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin
from tests.tickets.services.rule.test_set import activated
from tickets.models import FaqEntry
from tickets.services.catalogue import catalogue, load
from tickets.services.curation import curation_settings, save_curation
from tickets.services.faq.library import load_library
from tickets.services.faq.recheck import due_for_recheck
from tickets.services.faq.state import confirm
from tickets.services.rule.digest import digests

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def due(judged_by=None):
    entries = {entry.pk: entry.slug for entry in FaqEntry.objects.published()}
    found = due_for_recheck(FaqEntry.objects.published(), judged_by=judged_by)
    return {entries[pk]: why for pk, why in found.items()}


def changed(**more):
    """The rules with one of key.expired written anew."""
    rules = catalogue().rule_set
    first = next(rule for rule in rules.rules if rule.cause == "key.expired")
    return replace(
        rules,
        version=f"changed in {list(more)}",
        rules=tuple(replace(rule, **more) if rule is first else rule for rule in rules.rules),
    )


def test_fresh_articles_are_not_due():
    assert due() == {}
    assert len(digests()) > 30


def test_a_changed_rule_calls_for_its_article_and_no_other():
    assert due(changed(beats=("unknown",))) == {"key-expired": "rules"}


def test_the_papers_and_tests_of_a_rule_are_not_the_rule():
    assert due(changed(source="seen again", fires_on=())) == {}


def test_a_rule_that_operators_activate_calls_for_the_article_until_a_person_confirms_it():
    load()
    activated(make_admin(), make_admin())  # a rule of their own for gateway.bug

    assert due() == {"gateway-fault": "rules"}
    load_library()
    assert due() == {"gateway-fault": "rules"}
    confirm(FaqEntry.objects.get(slug="gateway-fault"), by=make_admin())
    load_library()

    assert due() == {}


def test_a_person_says_that_it_is_still_right():
    FaqEntry.objects.filter(slug="key-expired").update(rules_seen="other rules")
    assert due() == {"key-expired": "rules"}

    confirm(FaqEntry.objects.get(slug="key-expired"), by=make_admin())

    assert due() == {}


def test_after_90_days_or_what_admins_set_an_article_is_due():
    old = timezone.now() - timedelta(days=60)
    FaqEntry.objects.filter(slug="base-url").update(verified_at=old)
    assert due() == {}

    limits = curation_settings()
    limits.recheck_days = 30
    save_curation(limits, by=make_admin())

    assert due() == {"base-url": "age"}
