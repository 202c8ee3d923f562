import pytest

from tests.factories import make_admin
from tests.tickets.services.rule.test_set import OWN, activated, keep_own
from tickets.models import Person
from tickets.services.catalogue import catalogue
from tickets.services.rule.diff import Kind, differences
from tickets.services.rule.drafting import begin_draft, drop_rule, put_first, switch_off

pytestmark = pytest.mark.django_db


def test_a_rule_that_comes_before_others_does_not_move_them(admin: Person) -> None:
    active = activated(admin, make_admin())
    draft = begin_draft(by=admin)
    rule = catalogue().rule_set.rules[4].id
    put_first(draft, rule, by=admin)

    assert [(each.rule, each.kind) for each in differences(active, draft)] == [(rule, Kind.MOVED)]


def test_every_kind_of_change_is_named(admin: Person) -> None:
    active = activated(admin, make_admin())
    draft = begin_draft(by=admin)
    off, changed = (catalogue().rule_set.rules[at].id for at in (4, 8))
    switch_off(draft, off, by=admin)
    keep_own(draft, admin, OWN.replace("own-teapot", changed))
    drop_rule(draft, "own-teapot", by=admin)
    keep_own(draft, admin, OWN.replace("own-teapot", "own-kettle"))

    found = {each.rule: each.kind for each in differences(active, draft)}
    assert found == {
        off: Kind.OFF, changed: Kind.CHANGED, "own-teapot": Kind.REMOVED, "own-kettle": Kind.ADDED,
    }  # fmt: skip
    assert {each.rule: each.kind for each in differences(draft, active)}[off] == Kind.ON
