import pytest

from tests.triage.engine.making import make_rule, make_rules
from triage.engine.context import Context
from triage.engine.evaluate import RuleResult
from triage.engine.extract import extract
from triage.engine.match import compile_rules
from triage.engine.rule import Op, Rule, Test, When
from triage.engine.signals import read_signals

BODY = '{"error": {"message": "User balance is used up", "type": "new_api_error", "code": "no_money"}}'


def results(rule: Rule, text: str, context: dict[str, object] | None = None) -> tuple[RuleResult, ...]:
    signals = read_signals(text, extract(text), Context.from_dict(context))
    return compile_rules(make_rules(rule)).evaluate(signals)


def fires(rule: Rule, text: str, context: dict[str, object] | None = None) -> bool:
    return any(result.fired for result in results(rule, text, context))


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        (Test("error_code", Op.IS, "NO_MONEY"), True),
        (Test("error_code", Op.IS, "money"), False),
        (Test("error_code", Op.IN, ("a", "no_money")), True),
        (Test("error_code", Op.CONTAINS, "money"), True),
        (Test("error_code", Op.STARTS_WITH, "no_"), True),
        (Test("error_code", Op.MATCHES, "^no_[a-z]+$"), True),
        (Test("error_code", Op.EXISTS, True), True),
        (Test("error_code", Op.EXISTS, False), False),
        (Test("task_id", Op.EXISTS, False), True),
        (Test("text", Op.CONTAINS, "BALANCE IS"), True),
        (Test("text", Op.CONTAINS, ("nothing", "used up")), True),
        (Test("text", Op.MATCHES, r"balance\s+is"), True),
        (Test("text", Op.MATCHES, r"^balance"), False),
        (Test("innermost", Op.STARTS_WITH, "user balance"), True),
        (Test("innermost", Op.MATCHES, r"^User balance.*up$"), True),
        (Test("told", Op.CONTAINS, "help"), True),
        (Test("told", Op.CONTAINS, "balance"), False),
        (Test("error", Op.CONTAINS, "balance"), True),
        (Test("error", Op.CONTAINS, "help"), False),
        (Test("context.account.balance", Op.BELOW, 1), True),
        (Test("context.account.balance", Op.ABOVE, 1), False),
        (Test("context.account.balance", Op.BETWEEN, (0, 1)), True),
        (Test("context.models", Op.IS, "gpt-4o"), True),
        (Test("context.models", Op.CONTAINS, "claude"), False),
    ],
)  # fmt: skip
def test_ops_compare_as_people_read(test: Test, holds: bool) -> None:
    context: dict[str, object] = {"account": {"balance": 0.5}, "models": ["gpt-4o", "qwen-max"]}

    assert fires(make_rule("a-b", "quota.balance", test), f"please help\n\n{BODY}", context) is holds


def test_a_rule_fires_with_all_and_any_and_without_none() -> None:
    rule = make_rule(
        "a-b",
        "quota.balance",
        Test("text", Op.CONTAINS, "balance"),
        some=(Test("http_status", Op.IS, 402), When(all=(Test("text", Op.CONTAINS, "used up"),))),
        without=(Test("text", Op.CONTAINS, "upstream"),),
    )

    assert fires(rule, BODY)
    assert not fires(rule, BODY.replace("used up", "fine"))
    assert not fires(rule, BODY + " upstream")


def test_a_rule_that_nearly_fired_says_what_it_lacked() -> None:
    rule = make_rule(
        "a-b", "quota.balance", Test("text", Op.CONTAINS, "balance"), Test("http_status", Op.IS, 402)
    )
    (result,) = results(rule, BODY)

    assert result.fired is False
    assert [reason.found for reason in result.held] == ["balance"]
    assert result.lacked == ("http_status is 402",)


def test_a_rule_whose_words_do_not_occur_is_not_looked_at() -> None:
    rule = make_rule(
        "a-b", "quota.balance", Test("text", Op.CONTAINS, "dolphin"), Test("http_status", Op.IS, 402)
    )

    assert results(rule, f"HTTP 402 {BODY}") == ()


@pytest.mark.parametrize(
    "text", ["余额 ＡＰＩ　Ｋｅｙ is wrong", "😀😀 the API Key is wrong", "ﬁrst the api key is wrong"]
)
def test_spans_point_into_the_text_as_people_see_it(text: str) -> None:
    (result,) = results(make_rule("a-b", "key.invalid", Test("text", Op.MATCHES, r"api\skey")), text)
    (span,) = result.held[0].spans

    assert text[span.start : span.end].casefold() in ("api key", "ａｐｉ\u3000ｋｅｙ")


def test_an_escaped_inner_message_is_read_unescaped() -> None:
    text = r'{"error": {"message": "{\"error\": {\"message\": \"he said \\\"no\\\" twice\"}}"}}'

    assert fires(make_rule("a-b", "upstream.error", Test("innermost", Op.CONTAINS, 'said "no" twice')), text)


def test_every_rule_tried_can_be_listed() -> None:
    rules = make_rules(
        make_rule("a-b", "key.invalid", Test("text", Op.CONTAINS, "balance")),
        make_rule("c-d", "key.invalid", Test("text", Op.CONTAINS, "dolphin")),
    )
    traced = compile_rules(rules).trace(read_signals(BODY, extract(BODY), Context.from_dict(None)))

    assert [(result.rule.id, result.fired) for result in traced] == [("a-b", True), ("c-d", False)]


def test_a_rule_of_absence_alone_is_always_looked_at() -> None:
    assert fires(make_rule("a-b", "unknown", Test("http_status", Op.EXISTS, False)), "no status here")


def test_a_rule_may_test_what_the_others_suspect() -> None:
    reads = make_rule("reads-money", "quota.balance", Test("text", Op.CONTAINS, "balance"))
    turns = make_rule(
        "turns-money",
        "route.upstream_account",
        Test("fact.suspected", Op.IS, "quota.balance"),
        Test("story.others_hit", Op.EXISTS, True),
    )
    matcher = compile_rules(make_rules(turns, reads))

    def fired(text: str) -> list[str]:
        signals = read_signals(text, extract(text), Context.from_dict(None))
        return [result.rule.id for result in matcher.evaluate(signals) if result.fired]

    assert fired(BODY) == ["reads-money"]
    assert fired(f"Colleagues see the same.\n\n{BODY}") == ["reads-money", "turns-money"]
    assert fired("Colleagues see the same.") == []


def test_where_no_rule_speaks_the_cause_suspected_is_unknown() -> None:
    rule = make_rule("a-b", "upstream.error", Test("fact.suspected", Op.IS, "unknown"))

    assert fires(rule, "nothing of the kind")
