import pytest

from tests.factories import make_admin, make_agent
from tickets.models import Macro
from tickets.services import catalogue
from tickets.services.content_diff import NewerVersion
from tickets.services.macro.version import (
    NOTHING,
    bring_back,
    content_of,
    create_macro,
    differences,
    save_macro,
    standing_before,
)

pytestmark = pytest.mark.django_db


def macro_content(*do, name="Own", name_zh="自己的", **more):
    texts = {
        "en": {"name": name, "folder": "Mine"},
        "zh-hans": {"name": name_zh, "folder": "我的"},
    }
    return {"scope": "all", "conditions": {}, "actions": list(do or ["confirm"]), "texts": texts, **more}


def fresh(macro):
    return Macro.objects.get(pk=macro.pk)


def test_a_new_macro_is_kept_as_its_first_version():
    admin = make_admin()

    macro, second = (create_macro(macro_content(), by=admin) for _ in range(2))

    assert content_of(fresh(macro)) == macro.versions.get().content == macro_content()
    assert (macro.position, second.position) == (0, 1)
    assert fresh(macro).changed_by == admin


def test_an_edited_built_in_macro_keeps_what_stood_and_is_left_alone_by_the_catalogue():
    catalogue.load()
    macro = Macro.objects.get(slug="answer-and-wait")
    stood = content_of(macro)

    save_macro(macro, macro_content("confirm", {"status": "open"}), by=make_admin())
    catalogue.load()

    kept = fresh(macro)
    assert (kept.is_built_in, content_of(kept)) == (False, macro_content("confirm", {"status": "open"}))
    assert [(each.number, each.by is None) for each in kept.versions.all()] == [(2, False), (1, True)]
    assert kept.versions.last().content == stood


def test_a_version_is_brought_back_with_its_names_in_both_languages():
    admin = make_admin()
    macro = create_macro(macro_content(), by=admin)
    save_macro(macro, macro_content({"assign": "me"}, name="Other", name_zh="别的"), by=admin)

    bring_back(macro.versions.get(number=1), by=admin, note="back")

    assert content_of(fresh(macro)) == macro_content()
    assert [each.note for each in macro.versions.all()] == ["back", "", ""]


def test_an_edit_that_began_with_an_older_version_overwrites_nothing():
    admin = make_admin()
    macro = create_macro(macro_content(), by=admin)
    save_macro(macro, macro_content(name="Other"), by=admin, seen=1)

    with pytest.raises(NewerVersion):
        save_macro(macro, macro_content(name="Mine"), by=admin, seen=1)

    assert save_macro(macro, macro_content(name="Other"), by=admin, seen=2) is None


def test_differences_are_told_in_words_and_texts_language_by_language():
    before = macro_content("confirm", {"reply": {"en": "Hello.", "zh": "您好。"}})
    after = macro_content(
        {"reply": {"en": "Hello again.", "zh": "您好。"}},
        name_zh="新的",
        conditions={"all": [{"charged": {"is": True}}]},
    )

    found = {(each.language, each.field): each.lines for each in differences(before, after)}

    assert found == {
        ("", "conditions"): [("come", "charged")],
        ("", "actions"): [("gone", "Confirm the verdict"), ("kept", "Send its own text")],
        ("en", "letter"): [("gone", "Hello."), ("come", "Hello again.")],
        ("zh-hans", "name"): [("gone", "自己的"), ("come", "新的")],
    }


def test_the_first_version_is_compared_with_nothing():
    macro = create_macro({**NOTHING, **macro_content(scope="own")}, by=make_agent())

    fields = {each.field for each in differences(standing_before(macro.versions.get()), content_of(macro))}

    assert fields == {"actions", "name", "folder"}
