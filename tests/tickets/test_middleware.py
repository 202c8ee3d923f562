import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.factories import make_admin, make_agent


def test_the_saved_language_of_a_person_wins_over_the_browser(client: Client, db: None):
    client.force_login(make_agent(language="zh-hans"))
    answer = client.get("/desk/", headers={"accept-language": "en"})

    assert answer.headers["Content-Language"] == "zh-hans"


def test_a_visitor_gets_the_language_of_the_browser(client: Client, db: None):
    for language in ("en", "zh-hans"):
        answer = client.get("/accounts/login/", headers={"accept-language": language})

        assert answer.headers["Content-Language"] == language


def test_the_time_zone_of_one_person_does_not_stay_for_the_next(client: Client, db: None):
    client.force_login(make_agent(time_zone="Asia/Shanghai"))
    client.get("/desk/")
    translation.deactivate()

    assert timezone.get_current_timezone_name() == "UTC"


def test_an_unknown_time_zone_does_not_break_the_page(client: Client, db: None):
    client.force_login(make_agent(time_zone="Mars/Olympus"))

    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/curation/articles/{}/versions/1/", "/t/any/working/{}/", "/tickets/{}/", "/curation/teams/{}/"]
)
def test_a_number_that_no_row_can_have_is_not_found(client: Client, db: None, path: str):
    client.force_login(make_admin())

    assert client.get(path.format(2**63)).status_code in (404, 405)
    assert client.post(path.format("9" * 25)).status_code in (404, 405)


@pytest.mark.parametrize("path", ["/files/1/a%00", "/t/a%00/", "/curation/rules/a%00/"])
def test_a_text_that_no_row_can_have_is_not_found(client: Client, db: None, path: str):
    client.force_login(make_admin())

    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "operator", ["", "team:", "tag:", "assignee:", "cause:", "incident:", "account:", "model:", "-team:"]
)
def test_a_search_for_a_text_that_no_row_can_have_answers(client: Client, db: None, operator: str):
    client.force_login(make_admin())

    for asked in (
        f"q={operator}a%00",
        f"{operator.strip('-:') or 'saved'}=a%00",
        "saved=%00",
        "view=%00&after=%00",
    ):
        assert client.get(f"/desk/?{asked}").status_code == 200
