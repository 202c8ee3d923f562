from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_ticket
from tickets.models import GatewayModel, GatewayModelChange
from tickets.services.gateway_model import (
    Mode,
    import_models,
    offer,
    offered_context,
    plan_import,
    remove_model,
    save_model,
)
from tickets.services.model_list import read_models
from tickets.services.verdict import judge
from triage.engine.doctors.cost import Price, Unit

pytestmark = pytest.mark.django_db
TABLE = "name,also_called,price,output_price\ngpt-4o,4o,2.5,10\ngpt-4o-mini,,0.15,0.6\n"
NO_MODEL = 'HTTP/1.1 404\n{"error":{"message":"The model `4o` does not exist","code":"model_not_found"},"model":"4o"}'


def bring(text, mode=Mode.UPDATE, by=None):
    plan = plan_import(read_models(text).models, mode)
    import_models(plan, by=by or make_admin())
    return plan


def test_an_empty_list_says_nothing():
    assert offer().names == ()
    assert offered_context() == {}


def test_the_engine_sees_names_aliases_and_prices():
    bring(TABLE)

    assert offered_context() == {"models": ["gpt-4o", "gpt-4o-mini"]}
    assert offer().aliases == {"4o": "gpt-4o"}
    assert offer().prices["gpt-4o"] == Price(Unit.PER_1M_TOKENS, Decimal("2.5"), "USD", Decimal(10))


def test_a_change_is_seen_at_once():
    bring(TABLE)
    assert "gpt-4o" in offer().names

    remove_model(GatewayModel.objects.get(name="gpt-4o"), by=make_admin())

    assert offer().names == ("gpt-4o-mini",)


def test_a_model_is_offered_until_the_day_of_its_withdrawal():
    today = timezone.localdate()
    for name, day in (("past", today), ("future", today + timedelta(days=1))):
        save_model(GatewayModel(name=name, retired_at=day, successor="next"), by=make_admin())

    assert offer().names == ("future",)
    assert (offer().retired["past"].successor, offer().retired["past"].by_maker) == ("next", False)


def test_the_offer_costs_one_statement(django_assert_num_queries):
    bring(TABLE)
    offer()

    with django_assert_num_queries(1):
        offer()


def test_an_import_is_compared_first_and_stores_nothing():
    bring(TABLE)

    plan = plan_import(read_models("name,price\ngpt-4o,3\ngpt-4o-mini,0.15\nnew,1").models, Mode.REPLACE)

    assert [entry.name for entry in plan.added] == ["new"]
    assert plan.changed == {"gpt-4o": {"price": (Decimal("2.5"), Decimal(3))}}
    assert (plan.removed, plan.same) == ((), 1)
    assert GatewayModel.objects.get(name="gpt-4o").price == Decimal("2.5")


def test_names_alone_keep_the_prices():
    bring(TABLE)

    plan = bring("gpt-4o\ngpt-4o-mini\nnew")

    assert [entry.name for entry in plan.added] == ["new"]
    assert GatewayModel.objects.get(name="gpt-4o").price == Decimal("2.5")


def test_prices_only_adds_and_withdraws_nothing():
    bring(TABLE)
    prices = (
        '{"gpt-4o": {"input_cost_per_token": 3e-06, "deprecation_date": "2020-01-01"},'
        ' "foreign": {"input_cost_per_token": 1e-06}}'
    )

    plan = bring(prices, Mode.PRICES)

    assert plan.left_out == ("foreign",)
    row = GatewayModel.objects.get(name="gpt-4o")
    assert (row.price, row.retired_at) == (Decimal(3), None)
    assert offer().names == ("gpt-4o", "gpt-4o-mini")


def test_the_whole_list_can_be_replaced():
    bring(TABLE)

    plan = bring("new", Mode.REPLACE)

    assert plan.removed == ("gpt-4o", "gpt-4o-mini")
    assert offer().names == ("new",)


def test_every_change_is_kept_with_who_did_it():
    admin = make_admin()
    bring(TABLE, by=admin)
    row = GatewayModel.objects.get(name="gpt-4o")
    row.price = Decimal("2.75")
    save_model(row, by=admin)
    remove_model(row, by=admin)

    kept = [(change.by, change.kind, change.data) for change in GatewayModelChange.objects.order_by("pk")]

    assert kept == [
        (admin, "imported", {"added": ["gpt-4o", "gpt-4o-mini"], "removed": [], "changed": {}}),
        (admin, "saved", {"changed": {"gpt-4o": {"price": ["2.5", "2.75"]}}}),
        (admin, "removed", {"removed": ["gpt-4o"]}),
    ]


def test_a_thousand_models_are_imported_in_few_statements(django_assert_max_num_queries):
    listed = read_models("name,price\n" + "\n".join(f"model-{number},1" for number in range(1000))).models
    admin = make_admin()

    with django_assert_max_num_queries(20):  # the last ones tell the audit and ask for estimates
        import_models(plan_import(listed, Mode.UPDATE), by=admin)

    assert len(offer().names) == 1000


def test_a_ticket_is_judged_with_the_list_and_gets_the_name_that_was_meant():
    bring(TABLE)

    verdict = judge(make_ticket(NO_MODEL))

    (advice,) = [each for each in verdict.trace["advice"] if each["doctor"] == "model_name"]
    assert (verdict.cause, advice["line"]) == ("model.not_found", "gpt-4o")


def test_a_failed_request_gets_a_cost_estimate():
    bring(TABLE)

    verdict = judge(
        make_ticket(
            '{"model":"gpt-4o"} HTTP/1.1 502 Bad Gateway {"usage":{"prompt_tokens":400000}} retried 2 times'
        )
    )

    (advice,) = [each for each in verdict.trace["advice"] if each["doctor"] == "cost"]
    assert advice["words"]["en"].startswith("At most 3 USD for failed attempts, 2 USD for repetitions")
