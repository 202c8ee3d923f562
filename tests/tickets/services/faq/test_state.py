import pytest
from django.db import IntegrityError, transaction

from tests.articles import ENGLISH, article_content, make_draft
from tests.factories import make_admin, make_agent
from tickets.models import AuditEntry, FaqEntry
from tickets.permissions import can_review_article, can_write_article
from tickets.services.faq.content import newest_content
from tickets.services.faq.state import (
    NotNow,
    OwnWork,
    Refused,
    archive,
    confirm,
    discard_change,
    publish,
    send_back,
    submit,
    take_up,
)
from tickets.services.faq.version import save_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(db):
    return make_admin()


@pytest.fixture
def entry(author):
    return make_draft(by=author)


def fresh(entry):
    return FaqEntry.objects.get(pk=entry.pk)


def through(entry, author, reviewer):
    submit(entry, by=author)
    publish(entry, by=reviewer)
    return fresh(entry)


def test_two_people_bring_an_article_to_the_public(entry, author):
    reviewer = make_admin()

    kept = through(entry, author, reviewer)

    assert (kept.state, kept.author, kept.reviewer) == ("published", author, reviewer)
    assert kept.published_at == kept.verified_at == kept.versions.get().published_at
    states = AuditEntry.objects.filter(kind="articles").order_by("pk").values_list("after__state", flat=True)
    assert list(states) == ["draft", "in_review", "published"]


def test_nobody_publishes_own_words(entry, author):
    submit(entry, by=author)

    with pytest.raises(OwnWork):
        publish(entry, by=author)
    assert not can_review_article(author, entry)
    assert fresh(entry).state == "in_review"


def test_who_only_changed_a_word_does_not_publish_it_either(entry, author):
    second = make_admin()
    save_version(entry, article_content(codes=["x_y"]), by=second)
    submit(entry, by=author)

    for person in (author, second):
        with pytest.raises(OwnWork):
            publish(entry, by=person)


def test_the_database_refuses_an_author_who_reviews(entry, author):
    with pytest.raises(IntegrityError), transaction.atomic():
        FaqEntry.objects.filter(pk=entry.pk).update(reviewer=author)


def test_what_the_check_refuses_is_not_published(author):
    entry = make_draft(by=author, texts={"en": ENGLISH})
    submit(entry, by=author)

    with pytest.raises(Refused) as refused:
        publish(entry, by=make_admin())

    assert [(each.language, each.part) for each in refused.value.failures] == [("zh", "title")]
    assert fresh(entry).state == "in_review"


def test_a_missing_language_is_no_failure_where_the_gap_is_stated(author):
    entry = make_draft(by=author, texts={"en": ENGLISH}, gap="Only the English console has this page.")

    assert through(entry, author, make_admin()).state == "published"


def test_sent_back_it_says_why(entry, author):
    submit(entry, by=author)

    send_back(entry, by=make_admin(), why="The second step is missing.")

    assert fresh(entry).state == "draft"
    assert entry.versions.get().note == "The second step is missing."


def test_an_edit_in_review_begins_the_review_anew(entry, author):
    submit(entry, by=author)
    save_version(entry, article_content(codes=["x_y"]), by=author)

    with pytest.raises(NotNow):
        publish(entry, by=make_admin())


def test_a_change_of_a_public_article_goes_the_same_way(entry, author):
    reviewer = make_admin()
    first = through(entry, author, reviewer)
    save_version(entry, article_content(codes=["x_y"]), by=reviewer)
    assert can_review_article(author, first)

    kept = through(entry, reviewer, author)

    assert (kept.codes, kept.change, kept.author, kept.reviewer) == (["x_y"], "", reviewer, author)
    assert kept.published_at == first.published_at


def test_a_dropped_change_leaves_what_is_public(entry, author):
    through(entry, author, make_admin())
    save_version(entry, article_content(codes=["x_y"]), by=author)

    discard_change(entry, by=author)

    kept = fresh(entry)
    assert (kept.change, kept.codes, newest_content(kept)["codes"]) == ("", [], [])
    assert kept.versions.count() == 2


def test_archived_and_taken_up_again(entry, author):
    through(entry, author, make_admin())

    archive(entry, by=author)
    assert not FaqEntry.objects.published().exists()
    with pytest.raises(NotNow):
        archive(entry, by=author)
    take_up(entry, by=author)

    assert fresh(entry).state == "draft"


def test_only_a_public_article_is_confirmed(entry, author):
    with pytest.raises(NotNow):
        confirm(entry, by=author)


def test_who_began_a_draft_writes_it_until_it_is_reviewed():
    agent = make_agent()
    entry = make_draft(by=agent)
    assert can_write_article(agent, entry)
    assert not can_write_article(make_agent(), entry)

    submit(entry, by=agent)

    assert not can_write_article(agent, fresh(entry))
    assert can_write_article(make_admin(), fresh(entry))
