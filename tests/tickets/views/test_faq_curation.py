"""From a recurring cause to a public article, as the people of the desk do it in the browser."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.articles import CHINESE, ENGLISH, article_content, make_draft
from tests.factories import fake_key, make_admin, make_agent, make_ticket
from tests.html import read_page
from tickets.models import AuditEntry, CandidateAside, Curation, FaqEntry
from tickets.services.faq.library import load_library
from tickets.services.faq.state import publish, submit
from tickets.services.faq.version import save_version

pytestmark = pytest.mark.django_db


def form_of(content, **more):
    texts = {
        f"{language}-{name}": "\n".join(value) if isinstance(value, list) else value
        for language, said in content["texts"].items()
        for name, value in said.items()
    }
    facts = {name: "\n".join(content[name]) for name in ("codes", "strings", "related")}
    return {"cause": content["cause"], "gap": content["gap"], **facts, **texts, **more}


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(client, path):
    return client.get(path).content.decode()


def test_a_recurring_cause_is_drafted_with_its_tickets_behind_it(client):
    numbers = [make_ticket().number for _ in range(5)]
    client.force_login(make_agent())

    page = page_of(client, "/curation/articles/candidates/")
    link = page.split('<a class="num" href="')[1].split('"')[0].replace("&amp;", "&")
    shown = page_of(client, link)
    answer = client.post(
        "/curation/articles/candidates/draft/", {"cause": "endpoint.base_url", "fingerprint": ""}
    )

    assert "5 tickets" in page
    assert all(f'id="ticket-{number}"' in shown for number in numbers)
    entry = FaqEntry.objects.get()
    assert answer.headers["Location"] == f"/curation/articles/{entry.pk}/"
    assert client.get(f"/faq/{entry.slug}").status_code == 404


def test_the_tickets_of_one_error_are_found_by_it(client):
    ticket, _other = make_ticket(), make_ticket("something else entirely")
    client.force_login(make_agent())

    page = page_of(client, f"/desk/?view=all&q=error:{ticket.fingerprint}")

    assert page.count('id="ticket-') == 1
    assert "16 signs" in page_of(client, "/desk/?view=all&q=error:nothing")


def test_errors_are_added_to_the_article_that_stands(client):
    for _ in range(5):
        make_ticket()
    admin = make_admin()
    entry = make_draft(by=admin, strings=["Another text"])
    client.force_login(admin)
    named = {"cause": "endpoint.base_url", "fingerprint": ""}

    assert "Add to the existing article" in page_of(client, "/curation/articles/candidates/")
    client.post("/curation/articles/candidates/addition/", named)

    assert FaqEntry.objects.get(pk=entry.pk).strings[-1] == "Invalid URL (POST /v1/v1/chat/completions)"
    assert client.post("/curation/articles/candidates/addition/", named).status_code == 404


def test_a_candidate_is_set_aside(client):
    for _ in range(5):
        make_ticket()
    client.force_login(make_admin())

    client.post("/curation/articles/candidates/setting-aside/", {"cause": "endpoint.base_url"})

    assert CandidateAside.objects.get().tickets == 5
    assert "No cause recurs" in page_of(client, "/curation/articles/candidates/")


def test_admins_set_the_limits_and_the_audit_keeps_them(client):
    client.force_login(make_admin())
    limits = {"tickets": 3, "accounts": 2, "window": 14, "recheck_days": 60, "attempt_days": 200}

    refused = client.post("/curation/articles/settings/", {**limits, "window": 0})
    client.post("/curation/articles/settings/", limits)

    assert refused.status_code == 422
    assert (Curation.objects.get().tickets, Curation.objects.get().window) == (3, 14)
    kept = AuditEntry.objects.get(kind="setting")
    assert kept.before == {"tickets": 5, "accounts": 3, "window": 30, "recheck_days": 90, "attempt_days": 400}
    assert kept.after == limits


def test_an_article_is_written_in_both_languages(client):
    admin = make_admin()
    client.force_login(admin)

    answer = client.post(
        "/curation/articles/new/", form_of(article_content(), slug="wrong-address", preview="zh-hans")
    )

    entry = FaqEntry.objects.get()
    assert answer.headers["Location"] == f"/curation/articles/{entry.pk}/preview/zh-hans/"
    preview = page_of(client, answer.headers["Location"])
    assert CHINESE["title"] in preview
    assert 'content="noindex"' in preview
    assert {text.language: text.fix for text in entry.texts.all()} == {
        "en": ENGLISH["fix"],
        "zh-hans": CHINESE["fix"],
    }


REFUSED = [
    ({"slug": "two words"}, "slug"),
    ({"related": "no-such-article"}, "no other article"),
    ({"en-title": ""}, "needs a title in this language"),
    ({"strings": "x" * 400}, "A line is too long"),
    ({"cause": "no.cause"}, "no.cause"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_what_is_refused_stays_typed(client, change, said):
    client.force_login(make_admin())
    given = form_of(article_content(), slug="wrong-address") | {"en-why": "Typed with care."} | change

    answer = client.post("/curation/articles/new/", given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Typed with care." in page
    assert CHINESE["why"] in page
    assert not FaqEntry.objects.exists()


def test_a_secret_is_masked_before_it_is_kept(client):
    client.force_login(make_admin())

    client.post(
        "/curation/articles/new/",
        form_of(
            article_content(strings=[f"bad key {fake_key()}"]), slug="with-key", **{"en-why": fake_key()}
        ),
    )

    entry = FaqEntry.objects.get()
    assert fake_key() not in str(entry.versions.get().content)


def test_who_saves_over_a_newer_version_keeps_the_typed_text(client):
    admin, other = make_admin(name="Ana"), make_admin(name="Bo")
    entry = make_draft(by=admin)
    save_version(entry, article_content(codes=["x_y"]), by=other)
    client.force_login(admin)
    given = form_of(article_content(), slug="wrong-address", seen=1) | {"en-why": "Typed with care."}

    answer = client.post(f"/curation/articles/{entry.pk}/words/", given)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Bo saved version 2 meanwhile" in page
    assert "Typed with care." in page
    assert 'name="seen" value="2"' in page
    assert client.post(f"/curation/articles/{entry.pk}/words/", {**given, "seen": 2}).status_code == 302


def test_the_way_of_an_article_through_two_people(client):
    author, reviewer = make_admin(), make_admin()
    entry = make_draft(by=author)
    at = f"/curation/articles/{entry.pk}/"
    mine, theirs = signed_in(author), signed_in(reviewer)

    mine.post(f"{at}step/", {"do": "submit"})
    assert 'value="publish"' not in page_of(mine, at)
    mine.post(f"{at}step/", {"do": "publish"})
    assert client.get("/faq/wrong-address").status_code == 404
    assert "Somebody else reviews" in page_of(mine, at)

    theirs.post(f"{at}step/", {"do": "send_back", "why": "Name the console."})
    assert f"{reviewer} sent it back" in page_of(mine, at)
    assert "Name the console." in page_of(mine, at)
    mine.post(f"{at}step/", {"do": "submit"})
    assert "sent it back" not in page_of(mine, at)
    theirs.post(f"{at}step/", {"do": "publish"})

    assert ENGLISH["title"] in page_of(client, "/faq/wrong-address")
    assert CHINESE["title"] in page_of(client, "/zh/faq/wrong-address")
    assert "wrong-address" in page_of(client, "/sitemap.xml")
    theirs.post(f"{at}step/", {"do": "archive"})
    assert client.get("/faq/wrong-address").status_code == 404


def test_what_stands_against_an_article_is_shown_and_holds_it_back(client):
    author, reviewer = make_admin(), make_admin()
    entry = make_draft(by=author, texts={"en": {**ENGLISH, "why": "It is always fixed within 5 minutes!"}})
    submit(entry, by=author)
    client.force_login(reviewer)
    at = f"/curation/articles/{entry.pk}/"

    client.post(f"{at}step/", {"do": "publish"})
    page = page_of(client, at)

    assert "Why it happens" in page
    assert f'href="{at}words/#id_en-why"' in page
    assert "This language is missing, and nothing says why." in page
    assert FaqEntry.objects.get().state == "in_review"


def test_a_stated_gap_is_read_by_those_who_lack_the_language(client):
    author = make_admin()
    entry = make_draft(by=author, texts={"en": ENGLISH}, gap="The console exists in English only.")
    submit(entry, by=author)
    publish(entry, by=make_admin())

    assert "The console exists in English only." in page_of(client, "/zh/faq/wrong-address")
    assert "The console exists" not in page_of(client, "/faq/wrong-address")


def test_a_version_is_compared_and_brought_back(client):
    admin = make_admin()
    entry = make_draft(by=admin)
    save_version(entry, article_content(codes=["x_y"]), by=admin)
    client.force_login(admin)

    page = page_of(client, f"/curation/articles/{entry.pk}/versions/2/")
    client.post(f"/curation/articles/{entry.pk}/versions/1/")

    assert "<ins>x_y</ins>" in page
    assert FaqEntry.objects.get().codes == []
    assert entry.versions.first().number == 3


def test_a_public_article_shows_its_change_only_after_publication(client):
    author, other = make_admin(), make_admin()
    entry = make_draft(by=author)
    submit(entry, by=author)
    publish(entry, by=other)
    entry.refresh_from_db()
    changed = article_content(texts={"en": {**ENGLISH, "works": "A new ending."}, "zh-hans": CHINESE})
    save_version(entry, changed, by=other)

    assert "A new ending." not in page_of(client, "/faq/wrong-address")
    client.force_login(author)
    assert "A new ending." in page_of(client, f"/curation/articles/{entry.pk}/preview/en/")
    for step in ("submit", "publish"):
        client.post(f"/curation/articles/{entry.pk}/step/", {"do": step})

    assert "A new ending." in page_of(client, "/faq/wrong-address")


def test_due_articles_are_listed_until_a_person_says_they_are_right(client):
    load_library()
    FaqEntry.objects.filter(slug="key-expired").update(rules_seen="other rules")
    client.force_login(make_admin())
    entry = FaqEntry.objects.get(slug="key-expired")

    page = page_of(client, "/curation/articles/?state=due")
    marked = page_of(client, f"/curation/articles/{entry.pk}/")
    client.post(f"/curation/articles/{entry.pk}/step/", {"do": "confirm"})

    assert "The rules of its cause changed" in page
    assert "due for re-check" in marked
    assert "No public article is due" in page_of(client, "/curation/articles/?state=due")


@pytest.mark.parametrize("state", ["draft", "in_review", "published", "due", "archived", "nonsense"])
def test_every_list_of_articles_is_sound(client, state):
    load_library()
    make_draft(by=make_admin())
    client.force_login(make_admin())

    problems = read_page(page_of(client, f"/curation/articles/?state={state}")).problems
    assert problems == ["keys-title is no id of the page"]  # it comes with the sheet of keys


def test_more_articles_cost_no_more_statements(client):
    admin = make_admin()
    client.force_login(admin)
    counts: dict[str, list[int]] = {}
    for number in range(3):
        entry = make_draft(f"address-{number}", by=admin)
        save_version(entry, article_content(codes=[f"x_{number}"]), by=admin)
        for path in (
            "/curation/articles/",
            "/curation/articles/candidates/",
            f"/curation/articles/{entry.pk}/",
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.setdefault(path.rstrip("0123456789/"), []).append(len(asked))

    assert all(each[0] == each[2] for each in counts.values()), counts
    assert max(map(max, counts.values())) <= 30, counts
