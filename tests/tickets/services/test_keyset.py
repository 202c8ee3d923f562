import json

import pytest

from tickets.models import Macro
from tickets.services.keyset import page_by

pytestmark = pytest.mark.django_db
ORDER = {"folder": str, "position": int, "pk": int}


def make(folder, position=0):
    return Macro.objects.create(
        slug=f"m-{Macro.objects.count()}", name="x", folder=folder, position=position, actions=["confirm"]
    )


def walked(size):
    found, after = [], ""
    while True:
        page = page_by(Macro.objects.all(), ORDER, after=after, size=size)
        found.append(page.rows)
        after = page.after
        if not after:
            return found


def test_pages_hold_every_row_once_in_order_equals_too():
    made = [make("b", 1), make("a", 2), make("b", 1), make("a", 1), make("", 9)]

    assert walked(2) == [[made[4], made[3]], [made[1], made[0]], [made[2]]]


def test_the_last_page_has_no_mark_even_when_it_is_full():
    make("a")
    make("b")

    assert len(walked(2)) == 1


def test_what_comes_before_the_mark_meanwhile_shifts_nothing():
    first, second = make("b"), make("c")
    after = page_by(Macro.objects.all(), ORDER, size=1).after
    make("a")

    assert page_by(Macro.objects.all(), ORDER, after=after, size=5).rows == [second]
    assert first.pk == json.loads(after)[2]


@pytest.mark.parametrize(
    "mark",
    [
        "x",
        "[]",
        "{}",
        '["a",1]',
        '[1,"a",2]',
        '["a",1,true]',
        '["\\u0000",1,1]',
        f'["a",{10**30},1]',
        "[" * 9_999,
    ],
)
def test_a_spoiled_mark_starts_anew(mark):
    made = make("a")

    assert page_by(Macro.objects.all(), ORDER, after=mark).rows == [made]
