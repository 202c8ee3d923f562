"""Where no rule is sure, words have a say: which cause, how sure, and what is said of it."""

from math import exp

import pytest

from triage.engine import diagnose
from triage.engine.catalogue import HOME, load_catalogue
from triage.engine.catalogue.tellings import read_tellings
from triage.engine.lean import TOLD_ALIKE, lean, shares_of
from triage.engine.learn import learn
from triage.engine.resemblance import Likeness, Resemblance, known_words, places_of
from triage.engine.rule import Op, Rule, RuleSet, Strength, Test, When
from triage.engine.verdict import Diagnosis, Sureness, Words
from triage.engine.weigh import Weighed, reads_told

CAUSES = load_catalogue().causes
LAMPS = Resemblance(
    learn(
        [("a.one", "the green lamp flickers"), ("a.two", "the red door sticks")] * 30
        + [("b.one", "the wind turns")] * 30
    )
)


def test_a_word_speaks_for_the_cause_whose_tellings_hold_it() -> None:
    likeness = LAMPS.compare("why does the green lamp flickers")

    assert max(likeness.scores, key=lambda cause: likeness.scores[cause]) == "a.one"
    assert sum(exp(score) for score in likeness.scores.values()) == pytest.approx(1)
    assert set(likeness.shared("a.one")) >= {"green", "lamp", "green lamp"}
    assert "the" not in likeness.shared("a.one")[:3]


def test_words_are_found_where_they_stand_first_and_those_within_others_once() -> None:
    text = "Lamp? The Green-lamp of the lamplight 限流了"
    places = places_of(["lamp", "green lamp", "green", "限流", "gone"], text)

    assert [text[span.start : span.end] for span in places] == ["Lamp", "Green-lamp", "限流"]


def test_a_text_of_few_known_words_tells_too_little_to_decide() -> None:
    assert not known_words().compare("").words
    assert lean("unknown", [], Likeness(), CAUSES) is None
    assert lean("unknown", [], known_words().compare("certificate of our company proxy"), CAUSES) is None


def test_shares_are_of_all_causes_and_together_one() -> None:
    likeness = known_words().compare(
        "The certificate of our company proxy is not trusted, SSL handshake fails"
    )
    shares = shares_of([], likeness, CAUSES)

    assert set(shares) == set(CAUSES)
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=lambda slug: shares[slug]) == "client.proxy_tls"


def test_a_rule_moves_the_shares_towards_its_cause() -> None:
    likeness = known_words().compare("It times out now and then, always after a while")
    without = shares_of([], likeness, CAUSES)
    heard = shares_of([Weighed("upstream.timeout", 0.72)], likeness, CAUSES)

    assert heard["upstream.timeout"] > without["upstream.timeout"]
    assert max(CAUSES, key=lambda slug: heard[slug] / without[slug]) == "upstream.timeout"
    assert heard["key.invalid"] < without["key.invalid"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            "Since we moved behind the office firewall every call dies, and what is shown is its own root certificate",
            "client.proxy_tls",
        ),
        ("自从换到公司网络就连不上了，公司的防火墙会解密流量并换成自己的证书，用手机热点一切正常", "client.proxy_tls"),
    ],
)  # fmt: skip
def test_where_no_rule_speaks_words_do_without_being_sure(text: str, cause: str) -> None:
    diagnosis = diagnose(text)

    assert diagnosis.cause.slug == cause
    assert diagnosis.sureness is not Sureness.SURE


@pytest.fixture(scope="module")
def decided() -> list[Diagnosis]:
    """Tellings that the words decide, some of them against the hint of a rule."""
    told = (diagnose(telling.text) for telling in list(read_tellings(HOME))[::40])
    return [diagnosis for diagnosis in told if TOLD_ALIKE in [rule.id for rule in diagnosis.fired]]


def test_what_the_words_decide_is_said_with_the_words_and_with_what_would_settle_it(decided) -> None:
    assert decided
    for diagnosis in decided:
        first = diagnosis.fired[0]
        assert (first.id, first.cause) == (TOLD_ALIKE, diagnosis.cause.slug)
        assert first.reasons[0].found
        assert diagnosis.sureness is Sureness.UNSURE
        assert any(diagnosis.redacted_text[span.start : span.end] for span in first.reasons[0].spans)
        assert diagnosis.settle is not None


def test_a_rule_that_the_words_outspoke_stays_readable_and_was_not_sure(decided) -> None:
    outspoken = [rule for diagnosis in decided for rule in diagnosis.fired if rule.silenced_by == TOLD_ALIKE]

    assert outspoken
    assert all(rule.weight < Strength.SURE.weight or reads_told(rule) for rule in outspoken)


PROXY = (
    "Since we moved behind the office firewall every call dies with 401, and what is shown is its own root"
    " certificate; from home, without the company proxy, the same certificate check passes"
)
READS_TEXT = Test("text", Op.CONTAINS, "401")
READS_CONTEXT = Test("context.key.state", Op.IS, "expired")


@pytest.mark.parametrize(
    ("test", "rank", "cause"),
    [
        (READS_TEXT, 0, "client.proxy_tls"),
        (READS_TEXT, 1, "client.unsupported"),
        (READS_CONTEXT, 0, "client.unsupported"),
    ],
    ids=["a built-in rule", "an admin's rule", "what was looked up"],
)
def test_words_outspeak_likely_rules_but_not_admins_nor_what_was_looked_up(
    test: Test, rank: int, cause: str
) -> None:
    rule = Rule(
        "mine",
        "client.unsupported",
        Strength.LIKELY,
        When(all=(test,)),
        Words("So.", "是。"),
        "test",
        rank=rank,
    )
    diagnosis = diagnose(PROXY, {"key": {"state": "expired"}}, RuleSet("mine", (rule,)))

    assert diagnosis.cause.slug == cause
    assert (TOLD_ALIKE in [fired.id for fired in diagnosis.fired]) == (cause != "client.unsupported")


def test_a_sure_rule_is_never_outspoken_by_words() -> None:
    error = '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}'
    alone = diagnose(error)
    amid = diagnose(f"Certificate, proxy, firewall, handshake, SSL, company network, proxy again.\n\n{error}")

    assert alone.sureness is Sureness.SURE
    assert amid.cause is alone.cause
    assert TOLD_ALIKE not in [rule.id for rule in amid.fired]


def test_every_cause_says_how_usual_it_is() -> None:
    assert all(0 < cause.usual < 100 for cause in CAUSES.values())
    assert sum(cause.usual for cause in CAUSES.values()) == pytest.approx(100, abs=8)


def test_where_rules_and_words_say_nothing_the_usual_cause_is_the_likelier_one() -> None:
    shares = shares_of((), Likeness(), CAUSES)

    assert shares["gateway.bug"] > shares["client.disconnect"]
    assert sum(shares.values()) == pytest.approx(1)
