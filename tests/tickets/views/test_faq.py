import pytest

from tickets.models import FaqEntry
from tickets.services.faq.library import load_library

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def test_an_article_reads_in_its_language_whoever_looks(client):
    english = client.get("/faq/base-url", headers={"Accept-Language": "zh-CN"}).content.decode()
    chinese = client.get("/zh/faq/base-url", headers={"Accept-Language": "en"}).content.decode()

    assert "404, or a web page instead of an answer" in english
    assert "How to fix it" in english
    assert "返回 404，或收到网页而不是结果" in chinese


def test_an_article_names_its_other_language(client):
    page = client.get("/faq/base-url").content.decode()

    assert 'rel="canonical" href="http://127.0.0.1:8000/faq/base-url"' in page
    assert 'hreflang="zh-Hans" href="http://127.0.0.1:8000/zh/faq/base-url"' in page


def test_a_draft_is_not_public(client):
    FaqEntry.objects.update(state=FaqEntry.State.DRAFT)

    assert client.get("/faq/base-url").status_code == 404


def test_an_error_code_leads_to_its_article(client):
    assert client.get("/e/invalid_api_key").headers["Location"] == "/faq/key-not-recognised"


def test_an_unknown_code_leads_to_the_search(client):
    answer = client.get("/e/no_such_code")

    assert answer.headers["Location"] == "/faq?q=no_such_code"
    assert "No answer has these words." in client.get("/faq?q=no_such_code").content.decode()


def test_all_answers_stand_by_where_it_fails(client):
    page = client.get("/faq").content.decode()

    assert page.index("Standing questions") < page.index("Your request and your program")


@pytest.mark.parametrize("path", ["/faq/none", "/zh/faq/none"])
def test_no_such_article_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_odd_code_is_no_error(client):
    assert client.get("/e/%00%ff<script>").status_code in (302, 404)
    assert "<script>" not in client.get("/faq?q=<script>").content.decode().replace("/static", "")
