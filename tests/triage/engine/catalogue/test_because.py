"""Why a rule speaks is shown to agents and on the public page alike, so it names no one as the customer."""

import re

import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.rule import Rule

_OF_A_CUSTOMER = re.compile(r"\bcustomers?\b|客户(?!端)", re.IGNORECASE)


@pytest.mark.parametrize("rule", load_catalogue().rule_set.rules, ids=lambda rule: rule.id)
def test_the_reason_reads_well_for_everybody(rule: Rule) -> None:
    assert [words for words in (rule.because.en, rule.because.zh) if _OF_A_CUSTOMER.search(words)] == []
