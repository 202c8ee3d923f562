"""Notices are read from the common shape of status pages, again and again."""

import json

import pytest

from tickets.models import ProviderNotice
from tickets.services.notice import BadPage, keep, read_page

pytestmark = pytest.mark.django_db
INCIDENT = {
    "id": "abc",
    "name": "Elevated errors",
    "shortlink": "https://status.provider.invalid/abc",
    "created_at": "2026-11-20T10:00:00Z",
    "resolved_at": None,
}


def page(**changes):
    return read_page(json.dumps({"page": {}, "incidents": [{**INCIDENT, **changes}]}))


def test_a_page_read_twice_keeps_each_notice_once_and_up_to_date(engineer):
    ended = page(status="resolved", resolved_at="2026-11-20T11:00:00Z")

    assert [kept.is_new for kept in keep(page(), provider="openai", by=engineer)] == [True]
    assert [kept.is_new for kept in keep(ended, provider="openai", by=engineer)] == [False]
    assert [kept.is_new for kept in keep(page(), provider="azure", by=None)] == [True]

    notice = ProviderNotice.objects.get(provider="openai")
    assert (notice.title, notice.ended_at.isoformat()) == ("Elevated errors", "2026-11-20T11:00:00+00:00")


def test_how_bad_it_is_and_how_it_stands_is_read():
    heard = page(status="identified", impact="major")[0]

    assert (heard.state, heard.impact) == ("identified", "major")
    assert page(impact="dreadful")[0].impact == ""


def test_an_address_that_is_none_is_left_out():
    assert page(shortlink="javascript:alert(1)")[0].address == ""


@pytest.mark.parametrize(
    "text", ["", "x", "[1]", '{"incidents": 3}', '{"incidents": [{"id": 1}]}', '{"a": []}', "null"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(BadPage):
        read_page(text)
