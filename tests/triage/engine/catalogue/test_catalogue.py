"""The built-in catalogue: complete in both languages, and every rule true to its own cases."""

import pytest

from triage.engine import matcher_for
from triage.engine.catalogue import HOME, load_catalogue, read_catalogue
from triage.engine.examine import examine_rule
from triage.engine.rule import Rule
from triage.engine.verdict import Verdict

MISTAKES = [
    "key.invalid",
    "key.whitespace",
    "key.expired",
    "key.revoked",
    "key.missing_header",
    "key.wrong_provider",
    "account.deactivated",
    "permission.group",
    "permission.region",
    "quota.balance",
    "quota.key_limit",
    "quota.group",
    "rate.account",
    "model.not_found",
    "model.not_enabled",
    "model.deprecated",
    "endpoint.base_url",
    "endpoint.not_found",
    "endpoint.unsupported",
    "param.missing",
    "param.invalid",
    "param.unsupported",
    "param.malformed_json",
    "param.messages",
    "context.too_long",
    "media.invalid",
    "content.policy",
    "client.unsupported",
    "client.proxy_tls",
    "client.network",
    "client.timeout",
    "client.stream_parse",
    "client.disconnect",
    "task.duplicate",
    "task.params",
]
INCIDENTS = [
    "upstream.error",
    "upstream.overloaded",
    "upstream.timeout",
    "rate.upstream",
    "upstream.stream_interrupted",
    "upstream.empty_response",
    "route.no_channel",
    "route.upstream_account",
    "gateway.bug",
    "task.queued",
    "task.upstream_failed",
    "billing.mismatch",
]


def test_nothing_in_the_catalogue_is_wrong() -> None:
    _, problems = read_catalogue(HOME)

    assert [str(problem) for problem in problems] == []


def test_every_cause_of_the_domain_exists() -> None:
    assert {*MISTAKES, *INCIDENTS, "unknown"} <= load_catalogue().causes.keys()


def test_config_mistakes_and_incidents_sit_where_the_domain_puts_them() -> None:
    verdicts = {slug: cause.verdict for slug, cause in load_catalogue().causes.items()}

    assert {verdicts[slug] for slug in MISTAKES} == {Verdict.CONFIG_MISTAKE}
    assert {verdicts[slug] for slug in INCIDENTS} == {Verdict.PROVIDER_INCIDENT}
    assert [slug for slug, verdict in verdicts.items() if verdict is Verdict.NEEDS_EVIDENCE] == ["unknown"]


@pytest.mark.parametrize("slug", [*MISTAKES, *INCIDENTS])
def test_every_cause_has_a_rule_and_a_reply(slug: str) -> None:
    catalogue = load_catalogue()

    assert [rule.id for rule in catalogue.rule_set.rules if rule.cause == slug] != []
    assert catalogue.replies_for(slug) != ()


@pytest.mark.parametrize("rule", load_catalogue().rule_set.rules, ids=lambda rule: rule.id)
def test_every_rule_fires_where_it_says_and_keeps_quiet_on_near_misses(rule: Rule) -> None:
    assert [str(problem) for problem in examine_rule(rule, matcher_for())] == []
