"""The publication check: what it must find, with its place, and what it must leave alone."""

from dataclasses import replace
from datetime import date

import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.lint.article import Draft, Page, Version, publication_failures

PUBLIC = {"/faq/base-url", "/zh/faq/base-url", "/faq/other", "/tools/request/"}
ENGLISH = {
    "title": "404 for a path",
    "summary": "The path is not known. Compare it with the documentation.",
    "symptom": "Calls answer 404.",
    "applies_to": "Every model.",
    "why": "The gateway passes on only what it knows.",
    "check": "Ask for the list of models.",
    "admin": "Which paths are offered.",
    "escalation": "Write to us with the request id.",
    "charged": "No.",
    "works": "The call is answered.",
}
CHINESE = {
    "title": "路径返回 404",
    "summary": "网关不认识这个路径，请与文档核对。",
    "symptom": "调用返回 404。",
    "applies_to": "所有模型。",
    "why": "网关只转发它认识的路径。",
    "check": "请求模型列表。",
    "admin": "由管理员确认提供哪些路径。",
    "escalation": "请联系我们并附上请求 ID。",
    "charged": "不会。",
    "works": "调用得到结果。",
}
GOOD = Draft(
    "path",
    {"en": Version(ENGLISH, ("Set `/v1`.",)), "zh": Version(CHINESE, ("设为 `/v1`。",))},
    codes=("not_found",),
    strings=("404 page not found",),
    related=("other",),
)


def failures(draft, **known):
    found = publication_failures(draft, resolves=PUBLIC.__contains__, **known)
    return [(each.language, each.part, each.said) for each in found]


def with_part(name, text, language="en"):
    version = GOOD.versions[language]
    changed = replace(version, parts={**version.parts, name: text})
    return replace(GOOD, versions={**GOOD.versions, language: changed})


def test_a_calm_whole_article_passes():
    assert failures(GOOD) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("This was your mistake.", "your mistake"),
        ("You forgot the key.", "You forgot"),
        ("You set it wrong.", "You set it wrong"),
        ("Write to li.wei@example-corp.com.", "…"),
        ("Obviously the path is wrong.", "Obviously"),
        ("This always works.", "always works"),
        ("We guarantee an answer.", "guarantee"),
        ("It will never fail again.", "will never"),
        ("Restart it!", "!"),
        ("Most answers come in 30 seconds.", "30 seconds"),
        ("It costs $5 each month.", "$5"),
        ("It helps 95% of them.", "95%"),
        ("Call api.acme.com for it.", "api.acme.com"),
        ("See [our pages](https://acme.io/help).", "acme.io"),
        ("Use 8.8.8.8 for names.", "8.8.8.8"),
        ("Our engineer Anna says so.", "Our engineer Anna"),
        ("It is trusted by many.", "trusted by"),
        ("See [more](/faq/gone).", "/faq/gone"),
        ("See [more](faq/base-url).", "faq/base-url"),
        ("See [more](/zh/faq/base-url).", "/zh/faq/base-url"),
        ("It was request 0f8fad5b-d9cb-469f-a165-70867728950e.", "0f8fad5b-d9cb-469f-a165-70867728950e"),
    ],
)
def test_what_must_not_be_said_is_named_with_its_place(text, said):
    assert ("en", "why", said) in failures(with_part("why", text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("这是您的失误。", "您的失误"),
        ("您忘了填写。", "您忘了"),
        ("这是您自己的错。", "是您自己的错"),
        ("这样一定能成功。", "一定能"),
        ("我们保证有结果。", "保证"),
        ("一般 30 秒返回。", "30 秒"),
        ("每月 5 元。", "5 元"),
        ("由资深专家处理。", "资深专家"),
        ("请重启！", "！"),
        ("参见[文章](/faq/base-url)。", "/faq/base-url"),
    ],
)
def test_what_must_not_be_said_is_found_in_chinese_too(text, said):
    assert ("zh", "why", said) in failures(with_part("why", text, "zh"))


@pytest.mark.parametrize(
    "text",
    [
        "See [how](/faq/base-url), or [check it](/tools/request/).",
        "Call `https://api.example.com/v1` from 192.0.2.7 as me@example.com.",
        "The limit is in `Retry-After: 30 seconds`.",
        "After three attempts, wait longer.",
        "The status is 404 or 405, in version 2.",
        "What you did not send cannot be counted.",
        "Where you used the wrong key, the answer is 401.",
    ],
)
def test_what_is_fine_is_left_alone(text):
    version = with_part("why", text).versions["en"]
    draft = replace(GOOD, versions={"en": version}, gap="The Chinese version follows.")

    assert failures(draft) == []


def test_a_figure_from_the_evidence_and_our_own_address_may_stand():
    draft = replace(
        with_part("why", "It ends after 60 seconds at api.ours.com."), figures=frozenset({"60 seconds"})
    )

    assert failures(draft, hosts={"api.ours.com"}) == []


def test_a_secret_and_an_address_are_found_and_not_repeated():
    key, mail = "sk-" + "q7Zt" * 10, "li.wei" + "@" + "acme-corp.com"
    found = failures(
        replace(with_part("why", f"The key {key} of {mail}."), strings=(f"Incorrect API key: {key}",))
    )

    assert {place[:2] for place in found} >= {("en", "why"), ("", "strings")}
    assert not any(key in said or mail in said for _, _, said in found)


def test_a_missing_language_is_a_failure_until_the_gap_is_stated():
    english = replace(GOOD, versions={"en": GOOD.versions["en"]})

    assert failures(english) == [("zh", "title", "path")]
    assert failures(replace(english, gap="Written for a tool without a Chinese version.")) == []


def test_an_empty_part_and_uneven_steps_are_named():
    english = replace(GOOD.versions["en"], fix=("Set `/v1`.", "Restart."))

    assert failures(with_part("charged", " ")) == [("en", "charged", "")]
    assert failures(replace(GOOD, versions={**GOOD.versions, "en": english})) == [("", "fix", "2, 1")]


def test_code_that_differs_between_the_languages_is_named():
    english = replace(GOOD.versions["en"], fix=("Set `/v2`.",))

    assert failures(replace(GOOD, versions={**GOOD.versions, "en": english})) == [("", "fix.1", "/v1, /v2")]


def test_related_articles_have_to_be_public_and_others():
    assert failures(replace(GOOD, related=("path", "gone"))) == [
        ("", "related", "path"),
        ("", "related", "gone"),
    ]


def test_a_status_in_the_title_stands_in_the_body_as_well():
    assert failures(with_part("title", "418 for a path")) == [("en", "title", "418")]


def page(**changed):
    data = {
        "headline": ENGLISH["title"],
        "description": ENGLISH["summary"],
        "inLanguage": "en",
        "dateModified": "2026-03-01T10:00:00+00:00",
    }
    shown = Page(
        visible=f"{ENGLISH['title']} {ENGLISH['summary']}",
        description=ENGLISH["summary"],
        data={**data, **changed.pop("data", {})},
        updated=date(2026, 3, 1),
    )
    return replace(GOOD, pages={"en": replace(shown, **changed)})


def test_a_page_that_agrees_with_its_data_passes():
    assert failures(page(), today=date(2026, 3, 2)) == []


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"data": {"headline": "Something else"}}, "structured data: headline"),
        ({"data": {"description": "Something else"}}, "structured data: description"),
        ({"data": {"inLanguage": "fr"}}, "structured data: inLanguage"),
        ({"data": {"dateModified": "2026-02-01"}}, "updated"),
        ({"updated": date(2026, 3, 9)}, "updated"),
        ({"description": "Something else"}, "description"),
        ({"visible": ENGLISH["title"]}, "summary"),
        ({"visible": ENGLISH["summary"]}, "title"),
    ],
)
def test_what_machines_read_and_people_see_must_agree(changed, part):
    assert part in [where for _, where, _ in failures(page(**changed), today=date(2026, 3, 2))]


def test_every_built_in_article_passes():
    articles = load_catalogue().articles
    public = {f"{start}/faq/{each.slug}" for each in articles for start in ("", "/zh")}
    tools = {f"/tools/{name}/" for name in ("request", "base-url", "model-name", "safe-request", "pacing")}

    found = [
        f"{each.slug}: {failure}"
        for each in articles
        for failure in publication_failures(_draft(each), resolves=(public | tools).__contains__)
    ]

    assert found == []


def _draft(article):
    return Draft(
        article.slug,
        {language: _version(article, language) for language in ("en", "zh")},
        article.codes,
        article.strings,
        article.related,
    )


def _version(article, language):
    parts = {"title": article.title, "summary": article.summary, **article.parts}
    return Version(
        {name: words.in_language(language) for name, words in parts.items()},
        tuple(step.in_language(language) for step in article.fix),
    )
