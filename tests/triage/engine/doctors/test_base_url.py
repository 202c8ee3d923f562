import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triage.engine.doctors.base_url import check_base_url
from triage.engine.doctors.base_url_words import SENTENCES, UrlProblem

RIGHT = [
    ("https://gateway.example/v1", {}),
    ("https://gateway.example/v1/", {}),
    ("https://gateway.example/v1", {"client": "openai-python"}),
    ("https://gateway.example", {"client": "claude-code"}),
    ("https://gateway.example", {"client": "Cherry Studio"}),
    ("https://gateway.example", {"endpoint": "/v1/chat/completions"}),
    ("https://gateway.example/anthropic", {}),
    ("https://gateway.example/team-a/v1", {"endpoint": "/team-a/v1/chat/completions"}),
    ("https://gateway.example/v1", {"endpoint": "/chat/completions"}),
    ("https://gateway.example/v1/acme/openai", {}),
    ("https://gateway.example/v1/chat/completions", {"client": "curl"}),
    ("http://203.0.113.9:3000/v1", {}),
    ("http://gateway.example:8080/v1", {}),
    ("http://localhost:11434/v1", {}),
    ("http://newapi:3000/v1", {"in_container": True}),
    ("OPENAI_BASE_URL='https://gateway.example/v1'", {}),
    ("https://api.deepseek.com", {"client": "openai-python"}),
    ("https://api.deepseek.com/v1", {}),
    ("https://api.anthropic.com", {"client": "claude-code"}),
    ("https://generativelanguage.googleapis.com/v1beta", {}),
    ("https://generativelanguage.googleapis.com/v1beta/openai", {"client": "cline"}),
    ("https://open.bigmodel.cn/api/coding/paas/v4", {"client": "cline"}),
    ("https://open.bigmodel.cn/api/anthropic", {"client": "claude-code"}),
    ("https://dashscope.aliyuncs.com/compatible-mode/v1", {"client": "dify"}),
    ("https://ark.cn-beijing.volces.com/api/v3", {"client": "openai-python"}),
    ("https://acme.openai.azure.com/openai/deployments/chat", {}),
    ("https://api.moonshot.cn/v1", {"key": "sk-" + "a1B2" * 12}),
    ("https://relay-openai.example/v1", {"key": "sk-ant-…ab12"}),
]


@pytest.mark.parametrize(("url", "asked"), RIGHT)
def test_a_right_address_is_left_alone(url, asked):
    assert check_base_url(url, **asked).problem == ""


WRONG = [
    ("https://gateway.example/v1/chat/completions", {}, "full_path", "https://gateway.example/v1"),
    ("https://gateway.example/v1/images/generations", {}, "full_path", "https://gateway.example/v1"),
    ("POST https://gateway.example/v1/responses", {}, "full_path", "https://gateway.example/v1"),
    (
        "https://gateway.example/v1/messages",
        {"client": "claude-code"},
        "full_path",
        "https://gateway.example",
    ),
    (
        "https://gateway.example/v1/chat/completions",
        {"endpoint": "/v1/chat/completions/chat/completions"},
        "full_path",
        "https://gateway.example/v1",
    ),
    ("https://gateway.example/v1/v1", {}, "doubled_v1", "https://gateway.example/v1"),
    ("https://gateway.example/v1/v1/", {"client": "n8n"}, "doubled_v1", "https://gateway.example/v1"),
    (
        "https://gateway.example/v1",
        {"endpoint": "/v1/v1/chat/completions"},
        "doubled_v1",
        "https://gateway.example",
    ),
    ("https://gateway.example", {}, "may_need_v1", "https://gateway.example/v1"),
    ("https://gateway.example/", {"client": "Open WebUI"}, "missing_v1", "https://gateway.example/v1"),
    (
        "https://gateway.example",
        {"endpoint": "/chat/completions"},
        "missing_v1",
        "https://gateway.example/v1",
    ),
    (
        "https://gateway.example/proxy",
        {"endpoint": "POST /audio/speech"},
        "missing_v1",
        "https://gateway.example/proxy/v1",
    ),
    ("https://api.openai.com", {"client": "openai-node"}, "missing_v1", "https://api.openai.com/v1"),
    ("https://gateway.example/v1", {"client": "Claude Code"}, "extra_v1", "https://gateway.example"),
    ("“https://gateway.example/v1”", {}, "stray_characters", "https://gateway.example/v1"),
    ("https://gateway.example /v1", {}, "stray_characters", "https://gateway.example/v1"),
    ("https：／／gateway.example／v1", {}, "stray_characters", "https://gateway.example/v1"),
    ("https://gateway.example/v1\u200b", {}, "stray_characters", "https://gateway.example/v1"),
    ("https://gateway.example/v1，密钥在下面", {}, "stray_characters", "https://gateway.example/v1"),
    ("https://https://gateway.example/v1", {}, "broken_scheme", "https://gateway.example/v1"),
    ("https:/gateway.example/v1", {}, "broken_scheme", "https://gateway.example/v1"),
    ("ttps://gateway.example/v1", {}, "broken_scheme", "https://gateway.example/v1"),
    ("gateway.example/v1", {}, "missing_scheme", "https://gateway.example/v1"),
    ("localhost:3000/v1", {}, "missing_scheme", "http://localhost:3000/v1"),
    ("http://gateway.example/v1", {}, "http", "https://gateway.example/v1"),
    ("https://user:pass@gateway.example/v1", {}, "credentials_in_url", "https://gateway.example/v1"),
    ("https://gateway.example/v1?from=invite", {}, "trailing_garbage", "https://gateway.example/v1"),
    ("https://gateway.example/v1/，然后", {}, "stray_characters", "https://gateway.example/v1"),
    ("https://gateway.example/v1/%7Bmodel%7D", {}, "trailing_garbage", "https://gateway.example/v1"),
    ("https://openrouter.ai/v1", {}, "wrong_path", "https://openrouter.ai/api/v1"),
    (
        "https://dashscope.aliyuncs.com/v1",
        {},
        "wrong_path",
        "https://dashscope.aliyuncs.com/compatible-mode/v1",
    ),
    (
        "https://generativelanguage.googleapis.com/v1beta",
        {"client": "langchain"},
        "wrong_path",
        "https://generativelanguage.googleapis.com/v1beta/openai",
    ),
    (
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent",
        {"client": "cline"},
        "full_path",
        "https://generativelanguage.googleapis.com/v1beta/openai",
    ),
    (
        "https://open.bigmodel.cn/api/paas/v4",
        {"client": "claude-code"},
        "wrong_path",
        "https://open.bigmodel.cn/api/anthropic",
    ),
    (
        "https://api.anthropic.com/v1/messages",
        {"client": "anthropic-sdk"},
        "full_path",
        "https://api.anthropic.com",
    ),
    ("https://acme.openai.azure.com/v1", {}, "wrong_path", "https://acme.openai.azure.com/openai/v1"),
    (
        "https://acme.openai.azure.com/openai/deployments/chat/chat/completions",
        {},
        "azure_deployment",
        "https://acme.openai.azure.com",
    ),
    ("https://api.openapi.com/v1", {}, "misspelt_host", "https://api.openai.com/v1"),
    ("https://api.deepsek.com/v1", {}, "misspelt_host", "https://api.deepseek.com/v1"),
    (
        "https://api.openai.com/v1",
        {"key": "sk-or-v1-…ab12"},
        "wrong_host_for_key",
        "https://openrouter.ai/api/v1",
    ),
    ("https://api.openai.com/v1", {"key": "sk-ant-…"}, "wrong_host_for_key", "https://api.anthropic.com/v1"),
    (
        "https://dashscope.aliyuncs.com/compatible-mode/v1",
        {"key": "sk-sp-…9f00"},
        "other_plan",
        "https://coding.dashscope.aliyuncs.com/v1",
    ),
    ("https://api.moonshot.cn/v1", {"key": "sk-kimi-…"}, "other_plan", "https://api.kimi.com/coding/v1"),
    (
        "https://gateway.example/v1/chat/completions",
        {"model": "text-embedding-3-small"},
        "chat_path_for_embeddings",
        "https://gateway.example/v1",
    ),
    ("https://gateway.example/console/token", {}, "console_page", "https://gateway.example/v1"),
    ("https://platform.openai.com/api-keys", {}, "console_page", "https://api.openai.com/v1"),
    ("https://chat.deepseek.com", {}, "console_page", "https://api.deepseek.com/v1"),
    ("https://docs.gateway.example/api", {}, "docs_page", ""),
    (
        "http://localhost:3000/v1",
        {"in_container": True},
        "localhost_from_container",
        "http://host.docker.internal:3000/v1",
    ),
    ("my gateway", {}, "not_a_url", ""),
    ("http://[::1", {}, "not_a_url", ""),
]


@pytest.mark.parametrize(("url", "asked", "problem", "corrected"), WRONG)
def test_a_wrong_address_is_put_right(url, asked, problem, corrected):
    advice = check_base_url(url, **asked)

    assert (advice.problem, advice.corrected) == (problem, corrected)
    assert advice.corrected in advice.explanation.en
    assert advice.corrected in advice.explanation.zh


def test_every_mistake_of_one_address_is_named_in_the_order_found():
    advice = check_base_url("“http://gateway.example/v1/v1/chat/completions”")

    assert advice.problems == ("stray_characters", "full_path", "doubled_v1", "http")
    assert advice.corrected == "https://gateway.example/v1"


@pytest.mark.parametrize(
    ("called", "problem"),
    [
        ("/v1/v1/chat/completions", "doubled_v1"),
        ("/v1/chat/completions/chat/completions", "full_path"),
        ("/chat/completions", "missing_v1"),
        ("https://gateway.example/chat/completions", "missing_v1"),
        ("/v1/chat/completions", ""),
        ("/openai/deployments/chat/chat/completions", ""),
        ("", ""),
    ],
)
def test_the_called_path_alone_gives_the_mistake_away(called, problem):
    advice = check_base_url("", endpoint=called)

    assert (advice.problem, advice.corrected) == (problem, "")


def test_the_address_of_the_providers_other_plan_is_named():
    advice = check_base_url("https://open.bigmodel.cn/api/paas/v4")

    assert advice.twin == "https://open.bigmodel.cn/api/coding/paas/v4"
    assert check_base_url(advice.twin).twin == "https://open.bigmodel.cn/api/paas/v4"


def test_a_user_name_in_the_address_is_never_repeated():
    advice = check_base_url("https://someone:open-sesame@gateway.example/v1")

    assert "sesame" not in advice.explanation.en + advice.explanation.zh + advice.corrected


def test_every_problem_has_words_in_both_languages():
    assert set(SENTENCES) == set(UrlProblem) - {UrlProblem.NONE}
    assert all(words.en and words.zh for words in SENTENCES.values())


@pytest.mark.parametrize("case", [case for case in WRONG if case[3]], ids=lambda case: case[0])
def test_the_corrected_line_needs_no_second_correction(case):
    _, asked, _, corrected = case
    lasting = {name: asked[name] for name in ("client", "model") if name in asked}

    assert check_base_url(corrected, **lasting).problem in ("", "may_need_v1")


urls = st.text(max_size=80) | st.from_regex(r"\Ahttps?:[/\\ ]{0,3}[\w.:@\[\]-]{0,20}[/\w?#%.]{0,30}\Z")


@given(
    urls,
    st.none() | st.text(max_size=40),
    st.none() | st.text(max_size=20),
    st.text(max_size=10),
    st.booleans(),
)
@example("http://[", None, None, "", False)
@example("https://a:999999/v1", "//", "", "", True)
def test_no_text_makes_it_raise(url, endpoint, client, key, in_container):
    advice = check_base_url(url, endpoint=endpoint, client=client, key=key, in_container=in_container)

    assert advice.explanation.en
    assert bool(advice.problems) == bool(advice.problem)
