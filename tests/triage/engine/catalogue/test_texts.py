"""The texts of causes, replies and questions: complete, in both languages, and never against the rules."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.engine.catalogue import HOME, CatalogueError
from triage.engine.catalogue.load import read_causes, read_replies
from triage.engine.catalogue.questions import load_questions, read_questions
from triage.engine.catalogue.replies import DOCTOR_PLACEHOLDERS, OTHER_PLACEHOLDERS, Reply, placeholders
from triage.engine.evidence import FIELDS
from triage.engine.lint.reply import must_not_say
from triage.engine.reply import fill
from triage.engine.verdict import Cause, Verdict, Words

CAUSES, WRONG_CAUSES = read_causes(HOME / "causes")
REPLIES, WRONG_REPLIES = read_replies(HOME / "replies")

CONFIG_MISTAKES = {
    *(
        "key.invalid",
        "key.whitespace",
        "key.expired",
        "key.revoked",
        "key.missing_header",
        "key.wrong_provider",
    ),
    *("account.deactivated", "permission.group", "permission.region"),
    *("quota.balance", "quota.key_limit", "quota.group", "rate.account"),
    *("model.not_found", "model.not_enabled", "model.deprecated"),
    *("endpoint.base_url", "endpoint.not_found", "endpoint.unsupported"),
    *("param.missing", "param.invalid", "param.unsupported", "param.malformed_json", "param.messages"),
    *("context.too_long", "media.invalid", "content.policy"),
    *("client.unsupported", "client.proxy_tls", "client.network", "client.timeout", "client.stream_parse"),
    *("client.disconnect", "task.duplicate", "task.params"),
}
PROVIDER_INCIDENTS = {
    *("upstream.error", "upstream.overloaded", "upstream.timeout", "rate.upstream"),
    *("upstream.stream_interrupted", "upstream.empty_response", "route.no_channel", "route.upstream_account"),
    *("gateway.bug", "task.queued", "task.upstream_failed", "billing.mismatch"),
}
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH_BETWEEN_HAN = re.compile(r"[\u4e00-\u9fff][,;:?!.][ ]?[\u4e00-\u9fff]")
QUOTA_MATTERS = {"quota.balance", "quota.key_limit", "quota.group", "rate.account"}
SAYS_QUOTA = (r"quota matter", r"额度问题")
SAYS_CONFIGURATION = (r"configuration", r"配置")
SAYS_PROVIDER = (
    r"provider trouble|trouble on|fault of the gateway|queue|records? of the|provider's record",
    r"上游故障|一侧的故障|网关的故障|排队|上游供应商的?记录",
)
LETTER_BEGINS = re.compile(r"^Hello \{customer\},\n\n(?:[A-Z]|\{)")
THIRD_PERSON = re.compile(r"(?i)customer|客户(?!端)")
FORBIDDEN_TONE = re.compile(
    r"(?i)!|！|please note|unfortunately|oops|successfully|sorry|请注意|抱歉|非常遗憾|亲[，,]"
)
EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF]")
EVERYTHING_KNOWN: dict[str, object] = {
    "customer": "Mina",
    "model": "gpt-4o",
    "endpoint": "/v1/chat/completions",
    "base_url": "https://api.example.com/v1/v1",
    "task_id": "t-20261122",
    "retry_after": 20,
    "charged": False,
    "missing": ("model", "request_id", "key_owner"),
    "corrected_base_url": "https://api.example.com/v1",
    "nearest_model": "gpt-4o-mini",
    "request_fault": Words("temperature must lie between 0 and 2.", "temperature 应在 0 到 2 之间。"),
    "pacing_link": "https://desk.example.com/tools/pacing/?wait=20",
    "request_check_link": "https://desk.example.com/tools/request/",
}


def test_the_files_hold_nothing_wrong() -> None:
    assert WRONG_CAUSES == WRONG_REPLIES == []


def test_every_cause_of_the_domain_has_its_verdict() -> None:
    assert {cause.slug for cause in CAUSES if cause.verdict is Verdict.CONFIG_MISTAKE} == CONFIG_MISTAKES
    assert {
        cause.slug for cause in CAUSES if cause.verdict is Verdict.PROVIDER_INCIDENT
    } == PROVIDER_INCIDENTS
    assert {cause.slug for cause in CAUSES if cause.verdict is Verdict.NEEDS_EVIDENCE} == {"unknown"}


@pytest.mark.parametrize("kind", ["causes", "replies"])
def test_a_file_holds_its_own_family(kind: str) -> None:
    families = {cause.family for cause in CAUSES}

    assert {path.stem for path in (HOME / kind).glob("*.yaml")} == families


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.slug)
def test_a_cause_says_everything_in_both_languages(cause: Cause) -> None:
    for said in (cause.title, cause.plain, cause.check, cause.admin, cause.escalate):
        assert_both_languages(said)
    assert len(cause.title.en) <= 72
    assert len(cause.title.zh) <= 26
    assert not cause.title.en.endswith(".")
    assert not cause.title.zh.endswith("。")
    assert 2 <= len(re.findall(r"\.(?:\s|$)", cause.plain.en)) <= 4


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.slug)
def test_a_cause_says_nothing_that_a_reply_must_not_say(cause: Cause) -> None:
    for said in (cause.title, cause.plain, cause.check, cause.admin, cause.escalate):
        assert must_not_say(said.en, {}) == ()
        assert must_not_say(said.zh, {}) == ()


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.slug)
def test_what_customers_read_of_a_cause_does_not_speak_about_them(cause: Cause) -> None:
    for said in (cause.title, cause.plain, cause.check):
        assert not THIRD_PERSON.search(said.en)
        assert not THIRD_PERSON.search(said.zh)


def test_every_cause_has_a_reply() -> None:
    assert {reply.cause for reply in REPLIES} == {cause.slug for cause in CAUSES}


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_a_reply_is_written_in_both_languages(reply: Reply) -> None:
    assert_both_languages(reply.title)
    assert_both_languages(reply.body)
    assert len(reply.title.en) <= 60
    assert len(reply.title.zh) <= 24


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_both_languages_of_a_reply_fill_in_the_same(reply: Reply) -> None:
    names = set(placeholders(reply.body.en))

    assert names == set(placeholders(reply.body.zh))
    assert names <= FIELDS.keys() | OTHER_PLACEHOLDERS
    assert len(names - DOCTOR_PLACEHOLDERS - {"customer", "charged", "retry_after"}) <= 1


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_a_filled_reply_may_be_sent(reply: Reply) -> None:
    for language in ("en", "zh"):
        filled = fill(reply.body.in_language(language), EVERYTHING_KNOWN, language)

        assert filled.gaps == ()
        assert must_not_say(filled.text, {}) == ()


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_a_reply_reads_well_where_no_doctor_knows_anything(reply: Reply) -> None:
    known = {name: value for name, value in EVERYTHING_KNOWN.items() if name not in DOCTOR_PLACEHOLDERS}
    for language in ("en", "zh"):
        filled = fill(reply.body.in_language(language), {**known, "waiting_helps": False}, language)

        assert filled.gaps == ()
        assert must_not_say(filled.text, {}) == ()
        assert "\n\n\n" not in filled.text
        for steps in re.findall(r"(?:^\d+\. .*\n?)+", filled.text, re.MULTILINE):
            counted = [int(number) for number in re.findall(r"^(\d+)\. ", steps, re.MULTILINE)]
            assert counted == list(range(1, len(counted) + 1))
            assert len(counted) > 1


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_a_reply_says_whose_matter_it_is_and_whether_money_was_taken(reply: Reply) -> None:
    if reply.cause == "unknown":
        return
    en, zh = whose_matter(reply.cause)
    assert re.search(en, reply.body.en)
    assert re.search(zh, reply.body.zh)
    assert "{charged}" in reply.body.en
    assert "{charged}" in reply.body.zh


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_a_reply_is_a_letter(reply: Reply) -> None:
    assert LETTER_BEGINS.search(reply.body.en)
    assert reply.body.zh.startswith("{customer}，您好：\n\n")


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.id)
def test_a_reply_keeps_a_calm_tone(reply: Reply) -> None:
    for text in (reply.body.en, reply.body.zh):
        assert not FORBIDDEN_TONE.search(text)
        assert not EMOJI.search(text)


def test_every_fact_that_people_are_asked_for_has_its_question() -> None:
    asked = {field.name for field in FIELDS.values() if field.asked}

    assert asked <= load_questions().keys()
    assert {"retry_unchanged", "other_model_same_key", "gateway_log", "direct_call", "response_body"} <= (
        load_questions().keys()
    )


def test_questions_are_questions_in_both_languages() -> None:
    for question in load_questions().values():
        assert_both_languages(question)
        assert "?" in question.en
        assert "？" in question.zh
        assert must_not_say(question.en, {}) == must_not_say(question.zh, {}) == ()


def test_questions_name_what_is_wrong_in_their_file(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("- id: model\n  ask: {en: Which?, zh: 哪个？}\n- id: model\n  ask: {en: Which?}\n")

    with pytest.raises(CatalogueError) as refused:
        read_questions(path)

    assert "id is used already" in str(refused.value)
    assert "ask.zh is missing" in str(refused.value)


def whose_matter(cause: str) -> tuple[str, str]:
    if cause in PROVIDER_INCIDENTS:
        return SAYS_PROVIDER
    return SAYS_QUOTA if cause in QUOTA_MATTERS else SAYS_CONFIGURATION


def assert_both_languages(said: Words) -> None:
    assert HAN.search(said.zh)
    assert not HAN.search(said.en)
    assert not HALF_WIDTH_BETWEEN_HAN.search(said.zh)
    for text in paragraphs(said):
        assert text == text.strip()
        assert "  " not in text


def paragraphs(said: Words) -> Iterator[str]:
    yield from said.en.split("\n")
    yield from said.zh.split("\n")
