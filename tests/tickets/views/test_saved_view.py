import pytest

from tests.factories import VAGUE, make_admin, make_agent, make_ticket
from tickets.models import SavedView
from tickets.services.assignment import assign

pytestmark = pytest.mark.django_db
FORM = {"name": "Charged wombats", "view": "all", "q": "wombat", "charged": "yes", "position": "1"}


def test_a_list_is_kept_under_a_name_and_counted_in_the_rail(client, agent):
    found = make_ticket("wombat fails", told={"charged": True})
    make_ticket("wombat fails")

    answer = client.post("/desk/views/", FORM, follow=True)

    saved = SavedView.objects.get()
    assert (saved.owner, saved.name) == (agent, "Charged wombats")
    assert saved.parameters == {"view": "all", "q": "wombat", "charged": "yes"}
    assert [ticket.number for ticket in answer.context["page"].tickets] == [found.number]
    assert [(view.saved, view.count) for view in answer.context["saved_views"]] == [(saved, 1)]
    assert "<h1>Charged wombats</h1>" in answer.content.decode()


def test_the_form_begins_with_the_list_one_came_from(client, agent):
    page = client.get("/desk/views/?view=us&q=wombat&unanswered=1").content.decode()

    assert 'value="wombat"' in page
    assert '<option value="us" selected>' in page
    assert '<option value="1" selected>' in page


def test_the_preview_shows_count_and_first_ten_rows(client, agent):
    for _ in range(12):
        make_ticket("same wombat")

    answer = client.get("/desk/views/preview/", {"view": "all", "q": "wombat", "name": "unsaved"})

    assert "12 tickets" in answer.content.decode()
    assert answer.content.decode().count('<tr id="ticket-') == 10
    assert "<html" not in answer.content.decode()
    assert (
        '<th scope="col" class="c-verdict">' in answer.content.decode()
    )  # the head gives the columns their width


def test_renaming_and_deleting(client, agent):
    saved = SavedView.objects.create(owner=agent, name="old", parameters={"view": "us"})

    client.post(f"/desk/views/{saved.pk}/", {"name": "new", "view": "us", "position": "0", "is_shared": "on"})
    saved.refresh_from_db()
    assert (saved.name, saved.is_shared) == ("new", True)

    client.post(f"/desk/views/{saved.pk}/deletion/")
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_comes_back_with_what_was_typed(client, agent):
    answer = client.post("/desk/views/", {**FORM, "name": " "})

    assert answer.status_code == 422
    assert 'value="wombat"' in answer.content.decode()


def test_mine_means_the_one_who_looks(client, agent):
    ticket = make_ticket(VAGUE)
    assign(ticket, to=agent, by=agent)
    SavedView.objects.create(
        owner=make_agent(), is_shared=True, name="my charged", parameters={"view": "all", "assignee": "me"}
    )

    assert [view.count for view in client.get("/desk/").context["saved_views"]] == [1]


def test_others_see_what_is_shared_and_change_nothing(client, agent):
    owner = make_agent()
    own = SavedView.objects.create(owner=owner, name="own")
    shared = SavedView.objects.create(owner=owner, name="shared", is_shared=True)

    assert [(view.saved, view.may_change) for view in client.get("/desk/").context["saved_views"]] == [
        (shared, False)
    ]
    assert client.get(f"/desk/views/{own.pk}/").status_code == 404
    assert client.post(f"/desk/views/{shared.pk}/deletion/").status_code == 403

    client.force_login(make_admin())
    assert client.post(f"/desk/views/{own.pk}/deletion/").status_code == 404
    assert client.post(f"/desk/views/{shared.pk}/deletion/").status_code == 302


def test_views_without_words_cost_no_query_each(client, agent, django_assert_num_queries):
    make_ticket(VAGUE)
    for name in ("one", "two", "three"):
        SavedView.objects.create(owner=agent, name=name, parameters={"view": "us", "charged": "yes"})

    with django_assert_num_queries(10):
        client.get("/desk/")


def test_what_stands_in_a_row_that_nobody_wrote_breaks_nothing(client, agent):
    SavedView.objects.create(
        owner=agent, name="odd", parameters={"view": "gone", "charged": "perhaps", "q": '"'}
    )

    assert client.get("/desk/").status_code == 200


def test_deleting_asks_first_says_whom_it_concerns_and_tells_it(client, agent):
    own, shared = (
        SavedView.objects.create(
            owner=agent, name=name, is_shared=name == "shared", parameters={"view": "us"}
        )
        for name in ("own", "shared")
    )

    asked = [client.get(f"/desk/views/{view.pk}/").content.decode() for view in (own, shared)]
    said = client.post(f"/desk/views/{shared.pk}/deletion/", follow=True).content.decode()

    assert all(">Delete view…</summary>" in page for page in asked)
    assert ["It is for everybody" in page for page in asked] == [False, True]
    assert "The view “shared” is deleted." in said


@pytest.mark.parametrize(
    ("name", "is_shared", "status"),
    [("charged", False, 422), ("Ours", False, 302), ("ours", True, 422), ("theirs", True, 302)],
)
def test_no_list_holds_two_views_of_one_name(client, agent, name, is_shared, status):
    other = make_agent()
    SavedView.objects.create(owner=agent, name="Charged")
    SavedView.objects.create(owner=other, name="Ours", is_shared=True)
    SavedView.objects.create(owner=other, name="theirs")

    posted = {**FORM, "name": name, **({"is_shared": "on"} if is_shared else {})}
    answer = client.post("/desk/views/", posted)

    assert answer.status_code == status
    assert ("Another view has this name." in answer.content.decode()) == (status == 422)


def test_a_view_keeps_its_own_name(client, agent):
    saved = SavedView.objects.create(owner=agent, name="Charged wombats", parameters={"view": "us"})

    assert client.post(f"/desk/views/{saved.pk}/", FORM).status_code == 302
