from dataclasses import replace

import pytest

from tests.triage.engine.making import make_rule, make_rules
from triage.engine import diagnose
from triage.engine.catalogue import load_catalogue
from triage.engine.rule import Op, Rule, Strength, Test
from triage.engine.verdict import Diagnosis, Sureness, Verdict

SURE, LIKELY, HINT = Strength.SURE, Strength.LIKELY, Strength.HINT


def says(word: str, cause: str, strength: Strength = SURE, **more: tuple[str, ...]) -> Rule:
    return make_rule(f"says-{word}", cause, Test("text", Op.CONTAINS, word), strength=strength, **more)  # type: ignore[arg-type]


def status(code: int, cause: str, strength: Strength = LIKELY) -> Rule:
    return make_rule(f"status-{code}", cause, Test("http_status", Op.IS, code), strength=strength)


def judged(text: str | bytes, *rules: Rule) -> Diagnosis:
    return diagnose(text, rules=make_rules(*rules))


def test_one_sure_rule_decides_yet_one_wording_is_no_certainty() -> None:
    diagnosis = judged("balance", says("balance", "quota.balance"))

    assert (diagnosis.verdict, diagnosis.cause.slug) == (Verdict.CONFIG_MISTAKE, "quota.balance")
    assert diagnosis.sureness is Sureness.LIKELY
    assert [rule.id for rule in diagnosis.deciding] == ["says-balance"]


@pytest.mark.parametrize(
    "second",
    [
        says("empty", "quota.balance"),
        make_rule("code", "quota.balance", Test("error_code", Op.IS, "insufficient_quota"), strength=SURE),
    ],
)
def test_two_grounds_make_a_verdict_sure(second: Rule) -> None:
    text = '{"error": {"message": "the balance is empty", "code": "insufficient_quota"}}'

    assert judged(text, says("balance", "quota.balance"), second).sureness is Sureness.SURE


def test_rules_of_one_cause_add_up() -> None:
    one = judged("slow", says("slow", "upstream.timeout", LIKELY))
    two = judged(
        "slow late", says("slow", "upstream.timeout", LIKELY), says("late", "upstream.timeout", LIKELY)
    )

    assert one.confidence < two.confidence < 1


def test_nothing_found_needs_evidence_and_asks_for_the_raw_error() -> None:
    diagnosis = judged("the model does not work", says("balance", "quota.balance"))

    assert (diagnosis.verdict, diagnosis.cause.slug) == (Verdict.NEEDS_EVIDENCE, "unknown")
    assert diagnosis.settle is not None
    assert diagnosis.settle.field == "raw_error"
    assert "raw_error" in diagnosis.missing


def test_two_sides_that_stay_close_need_evidence() -> None:
    diagnosis = judged(
        "balance upstream",
        says("balance", "quota.balance", LIKELY, asks=("key_owner",)),
        says("upstream", "route.upstream_account", LIKELY),
    )

    assert diagnosis.verdict is Verdict.NEEDS_EVIDENCE
    assert {cause.slug for cause in diagnosis.alternatives[:2]} == {"quota.balance", "route.upstream_account"}
    assert diagnosis.settle is not None


def test_two_close_causes_of_one_side_do_not_hide_the_verdict() -> None:
    diagnosis = judged(
        "param model", says("param", "param.invalid", LIKELY), says("model", "model.not_found", LIKELY)
    )

    assert diagnosis.verdict is Verdict.CONFIG_MISTAKE


def test_a_rule_that_settles_silences_what_it_beats() -> None:
    diagnosis = judged(
        "balance rate",
        says("balance", "quota.balance", beats=("rate.*",)),
        says("rate", "rate.upstream"),
    )

    assert diagnosis.cause.slug == "quota.balance"
    assert [(rule.id, rule.silenced_by) for rule in diagnosis.fired] == [
        ("says-balance", ""),
        ("says-rate", "says-balance"),
    ]
    assert diagnosis.alternatives[0].slug == "rate.upstream"


def test_the_message_beats_the_status() -> None:
    diagnosis = judged(
        "HTTP 429: balance used up", status(429, "rate.upstream"), says("balance", "quota.balance", LIKELY)
    )

    assert diagnosis.cause.slug == "quota.balance"
    assert [rule.silenced_by for rule in diagnosis.fired if rule.id == "status-429"] == ["says-balance"]


def test_a_bare_status_still_hints() -> None:
    assert judged("HTTP 429", status(429, "rate.upstream")).cause.slug == "rate.upstream"


def test_a_contrary_hint_lowers_the_confidence() -> None:
    alone = judged("balance", says("balance", "quota.balance"))
    opposed = judged("balance slow", says("balance", "quota.balance"), says("slow", "upstream.timeout", HINT))

    assert opposed.cause == alone.cause
    assert opposed.confidence < alone.confidence


def test_an_incident_asks_for_what_a_look_up_needs() -> None:
    assert "request_id" in judged("slow", says("slow", "upstream.timeout")).missing


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", b"\xff\xfe\x00", "[" * 200_000, "{" * 5_000, "\ud800", "a" * 300_000]
)
def test_odd_input_is_judged_too(text: str | bytes) -> None:
    assert judged(text, says("balance", "quota.balance")).verdict is Verdict.NEEDS_EVIDENCE


def test_a_cut_text_says_so() -> None:
    assert judged("a " * 150_000, says("balance", "quota.balance")).cut


def test_context_of_the_wrong_shape_is_ignored() -> None:
    rule = make_rule("a-b", "quota.balance", Test("context.account.balance", Op.BELOW, 1))

    assert diagnose("x", {"account": {"balance": "none"}}, make_rules(rule)).cause.slug == "unknown"
    assert diagnose("x", {"account": {"balance": 0}}, make_rules(rule)).cause.slug == "quota.balance"


def test_a_rule_of_an_unknown_cause_is_ignored() -> None:
    assert judged("zebra", says("zebra", "zoo.escape")).cause.slug == "unknown"


def test_an_operators_own_cause_can_be_named() -> None:
    own = replace(load_catalogue().causes["gateway.bug"], slug="zoo.escape")
    diagnosis = diagnose("zebra", rules=make_rules(says("zebra", "zoo.escape")), causes={own.slug: own})

    assert diagnosis.cause is own


def test_two_tests_of_the_same_words_are_one_ground():
    """The doubled path is read as words and as a fact about the address: nothing else speaks for it."""
    diagnosis = diagnose('502 POST /v1/v1/messages after 183.4 s {"error":{"message":"terminated"}}')

    assert diagnosis.cause.slug == "endpoint.base_url"
    assert diagnosis.confidence < 0.8
