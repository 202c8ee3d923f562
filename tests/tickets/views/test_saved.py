"""From a paste to an article instead of a ticket, and what the desk then sees of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import WRONG_BASE_URL, make_admin, make_agent, make_ticket
from tickets.models import ArticleUse, ArticleVote, FaqEntry, FruitlessSearch, ReportAttempt, Ticket
from tickets.services.article.use import vote as say
from tickets.services.faq.library import load_library
from tickets.services.fruitless_search import draft_article, note_fruitless

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def paste(client, **more):
    page = client.post("/report/", {"text": WRONG_BASE_URL, **more}).content.decode()
    return page, page.split('name="once" value="')[1].split('"')[0]


def test_a_paste_that_ends_at_an_article_is_counted_and_keeps_no_word(client):
    page, mark = paste(client)
    link = f"/report/{mark}/articles/base-url/"
    assert f'href="{link}"' in page

    assert client.get(link).headers["Location"] == "/faq/base-url"

    kept = ReportAttempt.objects.get()
    assert (kept.cause, kept.read.slug, kept.ticket) == ("endpoint.base_url", "base-url", None)
    assert not Ticket.objects.exists()


def test_a_reader_says_that_it_is_solved(client):
    _, mark = paste(client)

    page = client.post(f"/report/{mark}/solved/").content.decode()

    assert "Good to hear" in page
    assert ReportAttempt.objects.get().solved_at is not None


def test_a_paste_that_is_sent_becomes_the_ticket_of_its_attempt(client):
    _, mark = paste(client, article="key-expired")
    client.post("/report/", {"text": WRONG_BASE_URL, "email": "dev@client.invalid", "once": mark})

    kept = ReportAttempt.objects.get()
    assert (kept.ticket, kept.came_from.slug) == (Ticket.objects.get(), "key-expired")


@pytest.mark.parametrize("path", ["/report/form:none/articles/base-url/", "/report/form:none/articles/none/"])
def test_an_unknown_mark_or_article_breaks_nothing(client, path):
    assert client.get(path).status_code == 302
    assert client.post("/report/form:none/solved/").status_code == 200


def test_a_no_asks_why_and_the_reason_is_kept(client):
    first = client.post("/faq/base-url/vote", {"helped": "no"})
    assert "What was wrong with it?" in first.content.decode()

    second = client.post("/faq/base-url/vote", {"helped": "no", "reason": "wrong", "note": "Another path."})

    assert "Noted, thank you" in second.content.decode()
    kept = ArticleVote.objects.get()
    assert (kept.helped, kept.reason, kept.note, kept.language) == (False, "wrong", "Another path.", "en")


def test_a_vote_is_answered_in_the_language_of_the_article(client):
    page = client.post("/zh/faq/base-url/vote", {"helped": "yes"}).content.decode()

    assert 'lang="zh-Hans"' in page
    assert ArticleVote.objects.get().language == "zh-hans"


@pytest.mark.parametrize(
    ("form", "headers"),
    [({"helped": "perhaps"}, {}), ({}, {}), ({"helped": "yes"}, {"Sec-Fetch-Site": "cross-site"})],
)
def test_a_vote_that_is_none_or_comes_from_elsewhere_is_not_taken(client, form, headers):
    assert client.post("/faq/base-url/vote", form, headers=headers).status_code == 422
    assert not ArticleVote.objects.exists()


def test_an_opened_article_is_counted(client):
    client.get("/faq/base-url")
    client.head("/faq/base-url")

    assert ArticleUse.objects.get().opened == 1


def test_a_search_without_an_answer_waits_for_a_decision(client):
    client.get("/zh/faq?q=zebra+crossing")
    client.force_login(make_admin())

    page = client.get("/curation/searches/").content.decode()
    assert "zebra crossing" in page

    search = FruitlessSearch.objects.get()
    answer = client.post(f"/curation/searches/{search.pk}/draft/")
    entry = FruitlessSearch.objects.get().draft
    assert answer.headers["Location"] == f"/curation/articles/{entry.pk}/"
    assert "zebra crossing" not in client.get("/curation/searches/").content.decode()
    assert "zebra crossing" in client.get("/curation/searches/?show=all").content.decode()
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "This language is missing, and nothing says why." in shown
    assert client.get(f"/faq/{entry.slug}").status_code == 404


def test_searches_come_in_pages_the_most_frequent_first(client):
    for number in range(55):
        FruitlessSearch.objects.create(language="en", words=f"word {number}", times=number % 7 + 1)
    client.force_login(make_agent())

    first = client.get("/curation/searches/")
    second = client.get("/curation/searches/" + first.context["next"])

    shown = [*first.context["searches"], *second.context["searches"]]
    assert len(first.context["searches"]) == 50
    assert len({each.pk for each in shown}) == 55
    assert [each.times for each in shown] == sorted((each.times for each in shown), reverse=True)
    assert "Set aside" not in first.content.decode()


def test_setting_aside_takes_a_search_off_the_list(client):
    note_fruitless("zebra crossing", language="en", visitor="a")
    client.force_login(make_admin())

    client.post(f"/curation/searches/{FruitlessSearch.objects.get().pk}/setting-aside/")

    assert "zebra crossing" not in client.get("/curation/searches/").content.decode()


def test_the_desk_sees_what_was_saved_with_links_behind_the_numbers(client):
    _, mark = paste(client)
    client.get(f"/report/{mark}/articles/base-url/")
    client.get("/faq/base-url")
    client.post("/faq/base-url/vote", {"helped": "no", "reason": "wrong"})
    client.force_login(make_admin())

    page = client.get("/curation/saved/")
    behind = client.get("/curation/saved/attempts/").content.decode()

    entry = FaqEntry.objects.get(slug="base-url")
    assert page.context["attempts"].ended == 1
    assert [(row.entry, row.opened, row.not_helped) for row in page.context["articles"]] == [(entry, 1, 1)]
    assert f'href="/curation/articles/{entry.pk}/"' in page.content.decode()
    assert f'href="/curation/articles/{entry.pk}/"' in behind
    assert "it is not right 1" in client.get(f"/curation/articles/{entry.pk}/").content.decode()


def test_numbers_of_a_cause_lead_to_exactly_these_tickets(client):
    FaqEntry.objects.filter(slug="base-url").update(published_at=timezone.now() - timedelta(days=3))
    for days in (1, 4, 20):
        Ticket.objects.filter(pk=make_ticket(WRONG_BASE_URL).pk).update(
            created_at=timezone.now() - timedelta(days=days)
        )
    client.force_login(make_admin())
    page = client.get("/curation/saved/")
    row = page.context["around"][0]
    links = [
        part.split('"')[0]
        for part in page.content.decode().split('href="')
        if part.startswith("/desk/?view=all&amp;q=cause")
    ]

    counts = [client.get(link.replace("&amp;", "&")).content.decode().count('id="ticket-') for link in links]

    assert (row.before, row.after) == (1, 1)
    assert counts[:2] == [1, 1], links


@pytest.mark.parametrize("path", ["/curation/saved/", "/curation/saved/attempts/", "/curation/searches/"])
def test_more_rows_cost_no_more_statements(client, path):
    admin = make_admin()
    client.force_login(admin)
    counts = []
    for number in range(3):
        entry = FaqEntry.objects.all()[number]
        ReportAttempt.objects.create(mark=str(number), cause="key.invalid", language="en", read=entry)
        say(entry, language="en", helped=False, visitor="a", day=timezone.localdate())
        note_fruitless(f"zebra {number}", language="en", visitor="a")
        draft_article(FruitlessSearch.objects.latest("pk"), by=admin)
        FruitlessSearch.objects.create(language="en", words=f"other {number}")
        if number in (0, 2):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append(len(asked))

    assert counts[0] == counts[1] <= 25
