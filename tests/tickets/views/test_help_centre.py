"""The help centre as visitors and machines meet it: sound, linked, light, kept, and saying one thing everywhere."""

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from tests.factories import WRONG_BASE_URL, make_engineer, make_ticket
from tests.html import read_page
from tickets.models import FaqEntry, Incident, Language
from tickets.services.article.address import address_of
from tickets.services.faq.library import load_library
from triage.engine.lint.article import Draft, Page, Version
from triage.engine.lint.article_agreement import agreement_failures

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/faq",
    "/zh/faq",
    "/faq?q=base+url",
    "/faq?q=zebra",
    "/faq/base-url",
    "/zh/faq/task-queued",
    "/tools/",
)
MOST_BYTES = 60_000
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def read(client, path):
    return read_page(client.get(path).content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_sound(client, path):
    page = read(client, path)

    assert page.problems == []
    assert page.headings.count("h1") == 1


def test_no_link_of_the_help_centre_leads_nowhere(client):
    seen: set[str] = set()
    waiting, dead = ["/"], []
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        if answer.status_code != 200:
            dead.append((path, answer.status_code))
            continue
        if "html" not in answer.headers["Content-Type"]:
            continue
        page = read_page(answer.content.decode())
        dead += [(path, link) for link in page.links if link.startswith("#") and link[1:] not in page.ids]
        found = {link.partition("#")[0] for link in page.links if link.startswith("/")} - {"/desk/"}
        waiting += sorted(found - seen)
        seen |= found

    assert dead == []
    assert len(seen) > 2 * FaqEntry.objects.count()


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/tools/"])
def test_a_page_is_light_with_everything_it_needs(client, path):
    answer = client.get(path)
    files = {name.partition("?")[0] for name in read_page(answer.content.decode()).files}
    sizes = {name: Path(str(finders.find(name.removeprefix("/static/")))).stat().st_size for name in files}

    assert len(answer.content) + sum(sizes.values()) < MOST_BYTES, sizes


@pytest.mark.parametrize(
    "path",
    [
        "/faq",
        "/faq/base-url",
        "/zh/faq/base-url",
        "/faq/base-url.md",
        "/faq.atom",
        "/sitemap.xml",
        "/llms.txt",
    ],
)
def test_what_has_not_changed_is_not_sent_again(client, path):
    first = client.get(path)
    tag = first.headers["ETag"]

    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_changed_article_is_sent_anew(client):
    tag = client.get("/faq/base-url").headers["ETag"]
    text = FaqEntry.objects.get(slug="base-url").texts.get(language="en")
    text.summary = "Another answer."
    text.save()

    assert client.get("/faq/base-url", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("language", Language)
def test_people_and_machines_are_told_the_same(client, language):
    failures: list[str] = []
    for entry in FaqEntry.objects.prefetch_related("texts"):
        html = client.get(address_of(entry.slug, language)).content.decode()
        page = read_page(html)
        text = next(each for each in entry.texts.all() if each.language == language)
        short = "zh" if language == Language.CHINESE else "en"
        shown = Page(
            visible=page.visible,
            description=page.metas["description"],
            data=json.loads(page.data)["@graph"][0],
            updated=date.fromisoformat(
                re.findall(r"(?:Updated on|更新于) (\d{4}-\d\d-\d\d)", page.visible)[0]
            ),
        )
        version = Version({"title": text.title, "summary": text.summary, "symptom": html})
        draft = Draft(entry.slug, {short: version}, pages={short: shown})
        failures += map(str, agreement_failures(draft, today=date.max))

    assert failures == []


def test_structured_data_names_the_article_and_the_way_to_it(client):
    page = read(client, "/faq/base-url")
    article, way = json.loads(page.data)["@graph"]

    assert (article["@type"], article["url"]) == ("TechArticle", "http://127.0.0.1:8000/faq/base-url")
    assert [step["name"] for step in way["itemListElement"]] == ["Answers", article["headline"]]


def test_structured_data_cannot_leave_its_element(client):
    text = FaqEntry.objects.get(slug="base-url").texts.get(language="en")
    text.title = "</script><b>A & B"
    text.save()

    page = read(client, "/faq/base-url")

    assert page.problems == []
    assert json.loads(page.data)["@graph"][0]["headline"] == text.title


def test_the_site_map_names_every_article_with_its_other_language(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # our own page
    addresses = [place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    others = [link.get("hreflang") for link in tree.iter("{http://www.w3.org/1999/xhtml}link")]

    assert len(addresses) == 3 + 2 * FaqEntry.objects.count()
    assert "http://127.0.0.1:8000/zh/faq/base-url" in addresses
    assert others.count("en") == others.count("zh-Hans") == 2 * FaqEntry.objects.count()


@pytest.mark.parametrize(
    ("path", "words"), [("/faq.atom", "404, or a web page"), ("/zh/faq.atom", "返回 404")]
)
def test_the_feed_tells_what_changed_last(client, path, words):
    text = FaqEntry.objects.get(slug="base-url").texts.get(language="zh-hans" if "zh" in path else "en")
    text.save()

    tree = ElementTree.fromstring(client.get(path).content)  # our own page

    assert tree.find(f"{ATOM}entry/{ATOM}title").text.startswith(words)


def test_the_list_for_answer_engines_has_each_summary_in_both_languages(client):
    plain = client.get("/llms.txt").content.decode()

    assert plain.count("](http://127.0.0.1:8000/faq/") == FaqEntry.objects.count()
    assert "- [返回 404，或收到网页而不是结果](http://127.0.0.1:8000/zh/faq/base-url.md): " in plain


def test_an_article_has_a_twin_in_plain_markdown(client):
    answer = client.get("/zh/faq/key-missing.md")
    plain = answer.content.decode()

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert plain.startswith("# 请求里没有带上密钥\n\n> ")
    assert "## 解决方法\n\n1. " in plain
    assert "](http://127.0.0.1:8000/tools/safe-request/)" in plain


def test_robots_are_kept_from_private_links(client):
    plain = client.get("/robots.txt").content.decode()

    assert "Disallow: /t/\n" in plain
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in plain


def test_a_paste_is_answered_with_its_article(client):
    page = client.post("/report/", {"text": WRONG_BASE_URL}).content.decode()

    assert '/articles/base-url/">404, or a web page instead of an answer</a>' in page


def test_open_trouble_is_named_without_what_is_internal(client):
    engineer = make_engineer()
    Incident.objects.create(
        title="Lin's route is down", model="gpt-4o", route="secret-route", opened_by=engineer
    )
    Incident.objects.create(title="Only a route", route="secret-route", opened_by=engineer)
    home = client.get("/").content.decode()
    article = client.get("/faq/provider-overloaded").content.decode()

    assert ("gpt-4o" in home, "gpt-4o" in article) == (True, True)
    assert not any(word in home + article for word in ("Lin", "secret-route", "Only a route"))
    assert "gpt-4o" not in client.get("/faq/base-url").content.decode()


def test_a_paste_about_a_troubled_model_says_so(client):
    Incident.objects.create(title="x", model="gpt-4o")
    text = '{"model":"gpt-4o"} HTTP 503 {"error":{"message":"The engine is currently overloaded"}}'

    assert "Open at the moment" in client.post("/report/", {"text": text}).content.decode()
    assert "Open at the moment" not in client.post("/report/", {"text": WRONG_BASE_URL}).content.decode()


def test_a_reader_who_is_still_stuck_starts_from_the_article(client):
    page = client.get("/?article=base-url").content.decode()

    assert 'name="article" value="base-url"' in page
    assert "404, or a web page instead of an answer" in page


def test_public_pages_take_few_statements(client, django_assert_max_num_queries):
    make_ticket()
    for path in ("/", "/faq", "/faq/base-url"):
        client.get(path)
        with django_assert_max_num_queries(6):
            client.get(path)
