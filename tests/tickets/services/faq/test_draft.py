import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.articles import make_draft
from tests.factories import WRONG_BASE_URL, fake_key, make_admin, make_ticket
from tickets.models import Account, AuditEntry, FaqEntry, KeyRecord, Ticket
from tickets.services import catalogue
from tickets.services.content_diff import NewerVersion
from tickets.services.faq.candidate import UNKNOWN, Candidate, RecurringError, candidate_for, candidates
from tickets.services.faq.draft import NothingToAdd, add_errors, draft_article
from tickets.services.faq.drafted import drafted
from tickets.services.faq.quotes import common_words
from tickets.services.faq.version import save_version
from tickets.services.publication import failures_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(db):
    catalogue.load()


def recurring():
    for _ in range(4):
        make_ticket()
    for _ in range(3):
        make_ticket(f"每次请求都失败了，一直这样\n{WRONG_BASE_URL}", language="zh-hans")
    return candidate_for("endpoint.base_url")


def test_a_draft_has_the_fixed_shape_in_both_languages():
    admin = make_admin()

    entry = draft_article(recurring(), by=admin)

    assert (entry.slug, entry.cause, entry.state, entry.author) == (
        "endpoint-base-url", "endpoint.base_url", "draft", admin,
    )  # fmt: skip
    assert entry.strings == ["Invalid URL (POST /v1/v1/chat/completions)"]
    texts = {text.language: text for text in entry.texts.all()}
    assert "“Since this morning every call fails”" in texts["en"].symptom
    assert "“每次请求都失败了，一直这样”" in texts["zh-hans"].symptom
    assert len(texts["en"].fix) == len(texts["zh-hans"].fix) > 1
    assert failures_of(entry) == ()
    assert AuditEntry.objects.filter(kind="articles", about=entry.slug, by=admin).count() == 1


def test_drafted_twice_it_stays_one():
    candidate, admin = recurring(), make_admin()

    assert draft_article(candidate, by=admin) == draft_article(candidate, by=admin)
    assert FaqEntry.objects.count() == 1
    assert candidates() == []


def test_an_archived_article_keeps_its_address():
    FaqEntry.objects.create(slug="endpoint-base-url", state="archived")

    assert draft_article(recurring(), by=make_admin()).slug == "endpoint-base-url-2"


def test_an_article_that_stands_grows_instead_of_being_doubled():
    admin = make_admin()
    entry = make_draft(by=admin, strings=["Another text"])
    candidate = recurring()

    add_errors(candidate, entry, by=admin)

    entry.refresh_from_db()
    assert entry.strings == ["Another text", "Invalid URL (POST /v1/v1/chat/completions)"]
    assert candidates() == []
    with pytest.raises(NothingToAdd):
        add_errors(candidate, entry, by=admin)


def test_an_edit_that_began_with_an_older_version_overwrites_nothing():
    admin = make_admin()
    entry = make_draft(by=admin)
    save_version(entry, {**entry.versions.get().content, "codes": ["not_found"]}, by=admin, seen=1)

    with pytest.raises(NewerVersion) as raised:
        save_version(entry, entry.versions.last().content, by=admin, seen=1)

    assert raised.value.newest.number == 2


LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = st.text(st.sampled_from(LETTERS), min_size=5, max_size=9).filter(
    lambda word: word not in common_words()
)
NAME = st.one_of(
    st.tuples(WORD, WORD).map(lambda two: f"{two[0].title()} {two[1].title()}"),
    st.text(st.sampled_from("李王张赵雷军芳娜敏静"), min_size=2, max_size=3),
)
DIGITS = st.text(st.sampled_from("0123456789abcdefXYZ"), min_size=6, max_size=20)
CASE = st.fixed_dictionaries(
    {
        "customer": NAME,
        "account": NAME,
        "email": st.tuples(WORD, WORD).map(lambda two: f"{two[0]}@{two[1]}.invalid"),
        "request": st.tuples(st.sampled_from(["req_", "req-", "chatcmpl-", "20261127101112"]), DIGITS).map(
            "".join
        ),
        "ending": st.text(st.sampled_from("abcdXYZ0123456789"), min_size=4, max_size=4),
        "host": st.tuples(WORD, WORD).map(lambda two: f"{two[0]}.{two[1]}.internal"),
        "address": st.tuples(*[st.integers(1, 254)] * 4).map(lambda parts: ".".join(map(str, parts))),
    }
)
SENTENCES = (
    "I am {customer} and every call fails since today",
    "Our account {account} cannot call the model any more, write to {email}",
    "The server {host} at {address} answers with an error, see {request}",
    "My key {key} is right, and the request {request} fails",
    "{account} 的请求每次都失败，请联系 {email}",
    "我们的服务器 {address} 一直报错，请求 {request}",
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(CASE, min_size=2, max_size=3), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3))
def test_nothing_that_tells_who_it_was_is_left_in_a_draft(cases, sentences):
    with transaction.atomic():
        draft = json.dumps(drafted(the_cases(cases, sentences)), ensure_ascii=False).lower()
        endings = [key.last_four.lower() for key in KeyRecord.objects.all()]
        transaction.set_rollback(True)

    told = [
        value.lower()
        for case in cases
        for value in (*case.values(), *case["customer"].split(), *case["account"].split())
    ]
    assert [value for value in (*told, *endings) if value in draft] == []


def the_cases(cases, sentences):
    """Their tickets as one candidate, however few they are."""
    for number, case in enumerate(cases):
        said = {**case, "key": fake_key(case["ending"])}
        message = f"Frobnication failed for {case['account']} at {case['host']}, request {case['request']}"
        body = json.dumps({"error": {"message": message}}, ensure_ascii=False)
        ticket = make_ticket(
            "\n".join([*sentences, "HTTP/1.1 418", "{body}"]).format(**said, body=body),
            email=f"n{number}{case['email']}",
            name=case["customer"],
            language="zh-hans" if "的" in sentences[0] else "en",
        )
        account = Account.objects.create(name=case["account"], external_id=f"{number}{case['request']}")
        Ticket.objects.filter(pk=ticket.pk).update(account=account, cause=UNKNOWN, fingerprint="0" * 16)
    error = RecurringError("0" * 16, 2, 2, ticket.created_at, "", False)
    return Candidate(UNKNOWN, error.fingerprint, 2, 2, ticket.created_at, (error,))
