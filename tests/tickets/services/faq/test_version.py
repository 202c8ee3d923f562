from datetime import timedelta

import pytest
from django.utils import timezone

from tests.articles import CHINESE, article_content, make_draft
from tests.factories import make_admin, make_agent
from tickets.models import AuditEntry, FaqEntry
from tickets.services.faq.content import as_shown, content_of, newest_content
from tickets.services.faq.library import load_library
from tickets.services.faq.state import publish, submit
from tickets.services.faq.version import bring_back, differences, save_version

pytestmark = pytest.mark.django_db


def published(by):
    entry = make_draft(by=by)
    submit(entry, by=by)
    publish(entry, by=make_admin())
    entry.refresh_from_db()
    return entry


def fresh(entry):
    return FaqEntry.objects.get(pk=entry.pk)


def test_an_edit_of_a_draft_is_its_newest_version():
    admin = make_admin()
    entry = make_draft(by=admin)

    save_version(entry, article_content(codes=["not_found"]), by=admin)

    assert fresh(entry).codes == ["not_found"]
    assert [each.number for each in entry.versions.all()] == [2, 1]


def test_an_edit_of_a_public_article_is_not_public_yet():
    entry = published(make_agent())

    save_version(entry, article_content(codes=["not_found"]), by=make_admin())

    kept = fresh(entry)
    assert (kept.state, kept.change, kept.stage, kept.codes) == ("published", "draft", "draft", [])
    assert newest_content(kept)["codes"] == ["not_found"]
    assert list(FaqEntry.objects.in_state("draft")) == list(FaqEntry.objects.in_state("published")) == [kept]


def test_saving_what_stands_already_keeps_no_version():
    admin = make_admin()
    entry = make_draft(by=admin)

    assert save_version(entry, article_content(), by=admin) is None
    assert entry.versions.count() == 1


def test_a_language_that_is_taken_out_and_brought_back():
    admin = make_admin()
    entry = make_draft(by=admin)
    first = entry.versions.get()
    save_version(entry, article_content(texts={"zh-hans": CHINESE}, gap="Only for China."), by=admin)
    assert set(content_of(fresh(entry))["texts"]) == {"zh-hans"}

    bring_back(first, by=admin, note="back")

    assert content_of(fresh(entry)) == article_content()
    assert [each.note for each in entry.versions.all()] == ["back", "", ""]


def test_differences_name_field_language_and_lines():
    changed = article_content(codes=["not_found"])
    changed["texts"]["en"]["fix"] = ["Take the second part out.", "Start the client again."]

    found = list(differences(article_content(), changed))

    assert [(each.language, each.field) for each in found] == [("", "codes"), ("en", "fix")]
    assert found[1].lines == [
        ("kept", "Take the second part out."), ("gone", "Restart the client."), ("come", "Start the client again."),
    ]  # fmt: skip


def test_the_audit_holds_what_was_and_what_is():
    admin = make_admin()
    entry = make_draft(by=admin)

    save_version(entry, article_content(codes=["not_found"]), by=admin)

    kept = AuditEntry.objects.filter(kind="articles").first()
    assert (kept.about, kept.before, kept.after) == ("wrong-address", {"codes": ""}, {"codes": "not_found"})


def test_an_edited_built_in_article_is_left_alone_by_the_catalogue():
    load_library()
    entry = FaqEntry.objects.get(slug="base-url")
    save_version(entry, {**content_of(entry), "codes": ["own_code"]}, by=make_admin())

    load_library()

    kept = fresh(entry)
    assert (kept.is_built_in, newest_content(kept)["codes"]) == (False, ["own_code"])
    assert [each.published_at is not None for each in kept.versions.all()] == [False, True]


def test_an_address_moves_only_while_it_never_was_public():
    agent, admin = make_agent(), make_admin()
    draft, public = make_draft(by=agent), published_at_another(agent)

    save_version(draft, article_content(), by=admin, slug="other-address")
    save_version(public, article_content(), by=admin, slug="third-address")

    assert fresh(draft).slug == "other-address"
    assert fresh(public).slug == "public-address"


def published_at_another(by):
    entry = make_draft("public-address", by=by)
    submit(entry, by=by)
    publish(entry, by=make_admin())
    return entry


def test_new_error_texts_are_a_new_date_in_every_language():
    admin = make_admin()
    entry = make_draft(by=admin)
    old = timezone.now() - timedelta(days=9)
    entry.texts.update(changed_at=old)

    save_version(entry, article_content(related=[]), by=admin)
    assert {text.changed_at for text in entry.texts.all()} == {old}
    save_version(entry, article_content(strings=["Another text"]), by=admin)

    assert all(text.changed_at > old for text in entry.texts.all())
    assert {text.changed_at > old for text in as_shown(fresh(entry), article_content())[1].values()} == {True}
