from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

BROKEN = "- id: own-word\n  cause: gateway.bug\n  strength: sure\n"
LYING = (
    "- id: own-word\n  cause: gateway.bug\n  strength: sure\n  when: {all: [{text: {contains: zebra}}]}\n"
    "  because: {en: own, zh: 自有}\n  source: test\n  fires_on: [horse]\n  quiet_on: [a zebra]\n"
)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("rules", *arguments)
    return capsys.readouterr().out


def test_the_built_in_rules_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert "rules are in order" in said(capsys, "check")


def test_check_names_what_is_wrong_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(BROKEN, encoding="utf-8")

    with pytest.raises(CommandError, match=r"own.yaml: own-word: because is missing"):
        call_command("rules", "--rule-set", str(path), "check")


def test_check_names_rules_that_are_untrue_to_their_cases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(LYING, encoding="utf-8")
    with pytest.raises(CommandError, match="2 problems in 1 rules"):
        call_command("rules", "--rule-set", str(path), "check")
    out = capsys.readouterr().out

    assert "own-word: does not fire on 'horse'" in out
    assert "own-word: fires on 'a zebra'" in out


def test_explain_tells_what_a_rule_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "explain", "quota-user-balance-empty").startswith(
        "quota-user-balance-empty → quota.balance"
    )


def test_explain_tells_why_a_text_is_judged_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "explain", '{"error":{"code":"insufficient_user_quota","message":"用户额度不足"}}')

    assert out.startswith("config_mistake · quota.balance")
    assert "fired " in out


def test_explain_lists_every_rule_tried(capsys: pytest.CaptureFixture[str]) -> None:
    short, long = said(capsys, "explain", "429"), said(capsys, "explain", "429", "--all")

    assert len(long.splitlines()) > len(short.splitlines()) + 100


def test_coverage_lists_every_cause(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "coverage")

    assert "quota.balance" in out
    assert "billing.mismatch" in out


def test_the_page_of_the_catalogue_is_current() -> None:
    call_command("rules", "docs", "--check")
