"""Canned replies as the people of the desk keep them in the browser."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import fake_key, make_admin, make_agent, make_ticket
from tests.tickets.services.test_team import make_team
from tickets.models import CannedReply
from tickets.services import catalogue
from tickets.services.reply_version import content_of, create_reply, save_reply

pytestmark = pytest.mark.django_db
ENGLISH = "Hello {customer},\n\nTake the second /v1 out. For this request, {charged}."
CHINESE = "{customer}，您好：\n\n请去掉重复的 /v1。费用方面，{charged}。"


def form(**more):
    return {
        "cause": "endpoint.base_url",
        "en-title": "Twice the same part",
        "en-body": ENGLISH,
        "zh-hans-title": "有一段重复",
        "zh-hans-body": CHINESE,
        **more,
    }


def page_of(client, path="/curation/replies/"):
    return client.get(path).content.decode()


def test_an_agent_keeps_a_reply_that_only_they_see(client):
    agent = make_agent()
    client.force_login(agent)

    answer = client.post("/curation/replies/new/", form(scope="all"))

    reply = CannedReply.objects.get()
    assert answer.headers["Location"] == f"/curation/replies/{reply.pk}/"
    assert reply.owner == agent
    client.force_login(make_agent())
    assert "Twice the same part" not in page_of(client)
    assert client.get(f"/curation/replies/{reply.pk}/").status_code == 404


def test_an_admin_keeps_one_for_everybody(client):
    client.force_login(make_admin())

    client.post("/curation/replies/new/", form(scope="all"))

    assert CannedReply.objects.get().owner is None
    client.force_login(make_agent())
    assert "Twice the same part" in page_of(client)
    assert client.get(f"/curation/replies/{CannedReply.objects.get().pk}/").status_code == 403


REFUSED = [
    ("en-body", "Please send us your API key.", "API key"),
    ("en-body", "Your video will be ready within 10 minutes.", "10 minutes"),
    ("en-body", "Switch the route to channel 5.", "Switch the route"),
    ("zh-hans-body", "{colour} 不对，请改为蓝色。", "The evidence fills no such blank."),
    ("zh-hans-body", "{颜色} 不对，请改为蓝色。", "{颜色}"),
    ("en-body", "This was your own fault.", "your own fault"),
    ("zh-hans-body", "这是您自己的错。", "是您自己的错"),
    ("en-body", "We guarantee a full refund.", "differs from ticket to ticket"),
    ("en-body", "Dear [NAME], look again.", "[NAME]"),
    ("en-title", "", "This field is required."),
]


@pytest.mark.parametrize(("field", "text", "said"), REFUSED)
def test_what_must_not_be_said_is_refused_at_once_and_stays_typed(client, field, text, said):
    client.force_login(make_admin())

    answer = client.post("/curation/replies/new/", form(**{field: text}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Take the second /v1 out." in page or "请去掉重复的" in page
    assert not CannedReply.objects.exists()


def test_a_secret_is_masked_before_it_is_kept(client):
    client.force_login(make_admin())

    client.post("/curation/replies/new/", form(**{"en-title": f"About {fake_key()}"}))

    assert fake_key() not in str(content_of(CannedReply.objects.get()))


@pytest.mark.parametrize(("language", "said"), [("en", "Hello Lin,"), ("zh-hans", "Lin，您好：")])
def test_a_preview_fills_the_typed_text_from_a_real_ticket_and_keeps_nothing(client, language, said):
    ticket = make_ticket(name="Lin", language=language)
    client.force_login(make_admin())

    answer = client.post("/curation/replies/new/", form(ticket=ticket.number, preview="1"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "".join(said.split("Lin")[1]) in page
    assert '<span class="fill">Lin</span>' in page
    assert "Nothing stands against it on this ticket." in page
    assert not CannedReply.objects.exists()


def test_a_preview_on_a_ticket_that_is_none_says_so(client):
    client.force_login(make_admin())

    answer = client.post("/curation/replies/new/", form(ticket=999_999, preview="1"))

    assert answer.status_code == 422
    assert "There is no ticket #999999." in answer.content.decode()


def test_a_preview_without_a_ticket_asks_for_one(client):
    client.force_login(make_admin())

    answer = client.post("/curation/replies/new/", form(preview="1"))

    assert answer.status_code == 422
    assert "Give the number of a ticket." in answer.content.decode()


def test_open_blanks_of_a_preview_are_shown(client):
    ticket = make_ticket()
    client.force_login(make_admin())

    page = client.post(
        "/curation/replies/new/",
        form(ticket=ticket.number, preview="1", **{"en-body": "About {task_id}: look."}),
    ).content.decode()

    assert '<span class="gap">{task_id}</span>' in page


def test_a_built_in_reply_is_changed_compared_and_brought_back(client):
    catalogue.load()
    reply = CannedReply.objects.get(slug="key-invalid")
    stood = content_of(reply)
    client.force_login(make_admin())

    client.post(f"/curation/replies/{reply.pk}/", form(scope="all"))
    page = page_of(client, f"/curation/replies/{reply.pk}/versions/2/")
    client.post(f"/curation/replies/{reply.pk}/versions/1/")

    assert "<ins>Twice the same part</ins>" in page
    assert content_of(CannedReply.objects.get(pk=reply.pk)) == stood


def test_who_saves_over_a_newer_version_keeps_the_typed_text(client):
    admin = make_admin()
    client.force_login(admin)
    client.post("/curation/replies/new/", form(scope="all"))
    reply = CannedReply.objects.get()
    changed = content_of(reply)
    changed["texts"]["en"]["title"] = "Another title"
    save_reply(reply, changed, by=make_admin(name="Bo"))

    answer = client.post(f"/curation/replies/{reply.pk}/", form(scope="all", seen=1, **{"en-title": "Mine"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bo saved version 2 meanwhile" in page
    assert 'value="Mine"' in page


def test_a_copy_begins_with_the_words_of_another(client):
    client.force_login(make_admin())
    client.post("/curation/replies/new/", form(scope="all"))
    client.force_login(make_agent())

    page = page_of(client, f"/curation/replies/new/?of={CannedReply.objects.get().pk}")

    assert "Take the second /v1 out." in page


def test_a_reply_off_offer_is_suggested_no_more(client):
    client.force_login(make_admin())
    client.post("/curation/replies/new/", form(scope="all"))
    reply = CannedReply.objects.get()
    ticket = make_ticket()

    client.post(f"/curation/replies/{reply.pk}/offering/")
    assert reply.slug not in page_of(client, f"/tickets/{ticket.number}/replies/")
    assert "Twice the same part" in page_of(client, "/curation/replies/?only=retired")
    client.post(f"/curation/replies/{reply.pk}/offering/", {"again": "1"})

    assert f"reply={reply.slug}" in page_of(client, f"/tickets/{ticket.number}/replies/")


def test_nobody_sends_with_another_persons_own_reply(client):
    texts = {language: {"title": "Mine", "body": "Take it out."} for language in ("en", "zh-hans")}
    own = create_reply({"cause": "endpoint.base_url", "scope": "own", "texts": texts}, by=make_agent())
    ticket = make_ticket()
    client.force_login(make_agent())

    answer = client.post(
        f"/tickets/{ticket.number}/messages/",
        {"kind": "reply", "body": "Look again.", "canned_reply": own.pk},
    )

    assert answer.status_code == 422
    assert not ticket.messages.filter(kind="reply").exists()


@pytest.mark.parametrize(
    "path", ["/curation/replies/", "/curation/replies/?only=review", "/curation/macros/"]
)
def test_more_rows_cost_no_more_statements(client, path):
    admin = make_admin()
    client.force_login(admin)
    counts = []
    for number in range(3):
        client.post("/curation/replies/new/", form(scope="all", **{"en-title": f"Reply {number}"}))
        client.post("/curation/macros/new/", {"name": f"Macro {number}", "confirm": "on"})
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts.append(len(asked))

    assert counts[0] == counts[2] <= 25, counts


def test_a_reply_of_a_team_is_in_the_lists_of_its_members_alone(client):
    agent = make_agent()
    team = make_team("Asia", agent)
    client.force_login(agent)

    client.post("/curation/replies/new/", form(scope=f"team-{team.pk}"))

    reply = CannedReply.objects.get()
    assert (reply.team, reply.owner) == (team, None)
    assert "for the team Asia" in page_of(client)
    assert client.get(f"/curation/replies/{reply.pk}/").status_code == 200
    for other in (make_agent(), make_admin()):
        client.force_login(other)
        assert "Twice the same part" not in page_of(client)
        assert client.get(f"/curation/replies/{reply.pk}/").status_code == 404


def test_the_list_is_paged_in_the_order_of_its_titles(client):
    admin = make_admin()
    for number in range(52):
        title = f"Title {number:02}"
        texts = {language: {"title": title, "body": "Take it out."} for language in ("en", "zh-hans")}
        create_reply({"cause": "endpoint.base_url", "scope": "all", "texts": texts}, by=admin)
    client.force_login(admin)

    first = page_of(client, "/curation/replies/?q=title")
    link = html.unescape(first.split('class="pager"><a href="')[1].split('"')[0])
    second = page_of(client, f"/curation/replies/{link}")

    assert ("Title 49" in first, "Title 50" in first) == (True, False)
    assert ("Title 49" in second, "Title 51" in second, "pager" in second) == (False, True, False)
