import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import fake_key, make_admin
from tickets.models import GatewayModel, GatewayModelChange

pytestmark = pytest.mark.django_db
PRICES = "name,also_called,price\ngpt-4o,4o,2.5\n"


@pytest.fixture
def admin(client):
    person = make_admin(name="Ira Moss")
    client.force_login(person)
    return person


def test_an_import_shows_what_would_change_and_then_does_it(client, admin):
    first = client.post("/curation/models/import/", {"text": PRICES, "mode": "update"})
    assert not GatewayModel.objects.exists()
    assert "This would change" in first.content.decode()

    second = client.post(
        "/curation/models/import/",
        {"text": first.context["typed"], "mode": "update", "apply": "1"},
        follow=True,
    )

    row = GatewayModel.objects.get()
    assert (row.name, row.aliases, row.changed_by) == ("gpt-4o", ("4o",), admin)
    page = second.content.decode()
    assert "The list of models is up to date." in page
    assert "1 added" in page
    assert "Ira Moss" in page


def test_a_file_is_read_like_what_is_pasted(client, admin):
    file = SimpleUploadedFile("models.csv", ("\ufeff" + PRICES).encode())

    page = client.post("/curation/models/import/", {"file": file, "mode": "update"})

    assert "gpt-4o" in page.context["typed"]


def test_a_wrong_list_is_refused_with_the_lines_and_kept_in_the_field(client, admin):
    page = client.post(
        "/curation/models/import/", {"text": "name,price\ngpt-4o,cheap", "mode": "update", "apply": "1"}
    )

    shown = page.content.decode()
    assert page.status_code == 422
    assert "line 2: “cheap” is no price" in shown
    assert "gpt-4o,cheap" in shown
    assert not GatewayModel.objects.exists()


def test_a_key_in_a_refused_list_is_not_shown_again(client, admin):
    page = client.post(
        "/curation/models/import/", {"text": f"name,price\n{fake_key('Zz91')},x", "mode": "update"}
    )

    assert fake_key("Zz91")[6:40] not in page.content.decode()


def test_a_model_is_added_changed_and_taken_off(client, admin):
    form = {
        "name": "demo-1",
        "also_called": "demo\r\nd1\r\n",
        "unit": "per_call",
        "currency": "cny",
        "price": "0.3",
    }
    client.post("/curation/models/new/", form)
    row = GatewayModel.objects.get()
    assert (row.aliases, row.currency) == (("demo", "d1"), "CNY")

    client.post(f"/curation/models/{row.pk}/", {**form, "price": "0.4"})
    client.post(f"/curation/models/{row.pk}/deletion/")

    assert not GatewayModel.objects.exists()
    assert [change.kind for change in GatewayModelChange.objects.order_by("pk")] == [
        "saved",
        "saved",
        "removed",
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", fake_key(), "This looks like a secret key"),
        ("name", "<b>", "letters, digits and signs"),
        ("price", "-1", "A price cannot be below zero."),
        ("currency", "12$", "Write a currency such as USD or CNY."),
        ("also_called", fake_key(), "This looks like a secret key"),
    ],
)
def test_a_wrong_field_is_refused_beside_it(client, admin, field, value, words):
    form = {"name": "demo-1", "unit": "per_call", "currency": "CNY", field: value}

    page = client.post("/curation/models/new/", form)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not GatewayModel.objects.exists()


def test_the_list_is_searched_and_paged_without_a_cap(client, admin, django_assert_max_num_queries):
    GatewayModel.objects.bulk_create([GatewayModel(name=f"model-{number:03}") for number in range(230)])
    GatewayModel.objects.filter(name="model-007").update(also_called="bond")

    seen, after = [], ""
    while True:
        with django_assert_max_num_queries(25):
            page = client.get("/curation/models/", {"after": after})
        seen += [model.name for model in page.context["models"]]
        after = page.context["more_after"]
        if not after:
            break

    assert seen == [f"model-{number:03}" for number in range(230)]
    assert [model.name for model in client.get("/curation/models/?q=BOND").context["models"]] == ["model-007"]


def test_the_list_goes_out_as_it_can_come_in(client, admin):
    client.post("/curation/models/import/", {"text": PRICES, "mode": "update", "apply": "1"})

    table = client.get("/curation/models/export/").content.decode()

    assert table.splitlines()[1] == "gpt-4o,4o,,,per_1m_tokens,2.5,,USD"
    again = client.post("/curation/models/import/", {"text": table, "mode": "replace"})
    assert again.context["plan"].is_empty
