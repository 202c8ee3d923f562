"""The same questions get the same answers on every database: this table runs on each of them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import fake_key, make_agent, make_customer, make_ticket
from tickets.models import Account, SearchDoc, Ticket
from tickets.services.assignment import assign
from tickets.services.evidence import set_value
from tickets.services.listing import count_of, listing_of, page_of
from tickets.services.merge import merge, undo_merge
from tickets.services.message import add_note, receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.search.find import next_number
from tickets.services.search.index import entry_of
from tickets.services.search.narrowed import count_with, newest_with
from tickets.services.search.query import Term
from tickets.services.verdict import overrule

pytestmark = pytest.mark.django_db

BODY = '{"error":{"message":"%s","type":"new_api_error","code":"%s"}}'


@pytest.fixture
def agent():
    return make_agent(name="Mira Holt")


@pytest.fixture
def desk(agent):
    """Five tickets by name."""
    account = Account.objects.create(name="Polar Reel", external_id="acc-7701")
    make_customer("ines@polar.invalid", name="Ines Duarte", account=account)
    tickets = {
        "limited": make_ticket(
            "429 on every call\n"
            + BODY % ("Rate limit reached for gpt-4o-mini in organisation", "rate_limited"),
            email="ines@polar.invalid",
            told={"model": "gpt-4o-mini", "http_status": 429, "request_id": "req_01ABcd", "charged": True},
        ),
        "chinese": make_ticket(
            "当前分组上游负载已饱和，请稍后再试，已经限流错误",
            told={"model": "deepseek-chat", "provider": "deepseek", "task_id": "task-88f1"},
            language="zh-hans",
        ),
        "keyed": make_ticket(
            f"My key {fake_key('Zx9q')} is refused: It's broken; a\\b | 'x",
            subject='Key "refused" again',
            told={"http_status": 401, "model": "anthropic/claude-sonnet-4"},
        ),
        "answered": make_ticket("The stream stops in the middle of a long answer", subject="Stream stops"),
        "closed": make_ticket(
            "ＧＰＴ－４ｏ connection reset by peer at 10:22:33 https://api.corp.example/v1/chat"
        ),
    }
    send_reply(tickets["answered"], by=agent, body="Which client library do you use?")
    add_note(tickets["answered"], by=agent, body="Seen with the wombat proxy before.")
    assign(tickets["answered"], to=agent, by=agent)
    resolve(
        tickets["closed"], by=agent, cause="client.network", plain="-", charged="no", retried="no",
        result="explained",
    )  # fmt: skip
    overrule(tickets["keyed"], by=agent, cause="key.revoked", reason="looked it up")
    Ticket.objects.filter(pk=tickets["closed"].pk).update(created_at=timezone.now() - timedelta(days=9))
    return tickets


QUESTIONS = {
    "429": "limited",
    "rate limit": "limited",
    "RATE   Limit": "limited",
    "limit stops": "",
    "gpt-4o-mini": "limited",
    "gpt": "limited closed",
    "gpt-4o": "closed",
    "gpt-4o*": "limited closed",
    "model:gpt-4o*": "limited",
    "model:gpt-4o": "",
    "model:GPT-4o-m*": "limited",
    "model:gpt-4o-mini*": "limited",
    "model:mini*": "",
    "gpt -model:gpt-4o*": "closed",
    "provider:deep*": "chinese",
    "model:anthropic/claude-sonnet-4": "keyed",
    "anthropic/claude": "keyed",
    "req_01abCD": "limited",
    "req_01": "limited",
    "01abcd": "limited",
    "task-88f1": "chinese",
    "限流": "chinese",
    "限": "chinese",
    "上游负载": "chinese",
    "上游 饱和": "chinese",
    "饱上": "",
    "限流错误 试": "chinese",
    "负载限流": "",
    "status:429": "limited",
    "status:4*": "limited keyed",
    "status：429": "limited",
    "“middle of a long”": "answered",
    "“long of middle”": "",
    "status:resolved": "closed",
    "provider:deepseek": "chinese",
    "key:zx9q": "keyed",
    "key:…Zx9q": "keyed",
    "zx9q": "keyed",
    "cause:key.*": "keyed",
    "cause:key.revoked": "keyed",
    "charged:yes": "limited",
    "-provider:deepseek charged:yes": "limited",
    "-status:4* is:open": "chinese",
    "-tag:vip -model:deepseek-chat is:unassigned": "limited keyed closed",
    "account:polar": "limited",
    'account:"reel polar"': "limited",
    "account:acc-7701": "limited",
    "email:ines@polar.invalid": "limited",
    "Duarte": "limited",
    "duar": "limited",
    "wombat": "answered",
    '"middle of a long"': "answered",
    '"long of middle"': "",
    "long middle": "answered",
    '"library do you"': "answered",
    "is:waiting": "answered",
    "is:mine": "answered",
    "assignee:mira stream": "answered",
    "assignee:nobody gpt": "limited closed",
    "is:resolved reset": "closed",
    "is:unread stream": "answered",
    "is:unanswered stream": "",
    "before:7d": "closed",
    "after:2d gpt": "limited",
    "10:22:33": "closed",
    "10:22:34": "",
    "https://api.corp.example/v1/chat": "closed",
    "api.corp.example": "closed",
    "api.corp": "closed",
    "v1/chat": "closed",
    "it's": "keyed",
    "' | 'x": "keyed",
    "a\\b": "keyed",
    "NEAR(broken refused)": "",
    '"refused" OR x': "",
    "zz'; DROP TABLE tickets_ticket; --": "",
    "Key \"refused": "keyed",
}  # fmt: skip


def numbers(agent, text, **more):
    return {ticket.number for ticket in page_of(listing_of({"q": text, **more}, agent)).tickets}


def test_each_question_finds_its_tickets(desk, agent):
    names = {ticket.number: name for name, ticket in desk.items()}
    Ticket.objects.exclude(pk__in=names).delete()

    answers = {text: {names[number] for number in numbers(agent, text)} for text in QUESTIONS}

    assert answers == {text: set(expected.split()) for text, expected in QUESTIONS.items()}


def test_counts_agree_with_pages(desk, agent):
    wrong = [
        text for text in QUESTIONS if count_of(listing_of({"q": text}, agent)) != len(numbers(agent, text))
    ]

    assert wrong == []


def test_a_number_finds_its_ticket(desk, agent):
    ticket = desk["chinese"]

    assert numbers(agent, f"#{ticket.number}") == numbers(agent, f"number:{ticket.number}") == {ticket.number}
    assert ticket.number in numbers(agent, str(ticket.number))


def test_search_stays_in_the_view_that_the_address_names(desk, agent):
    assert numbers(agent, "gpt", view="resolved") == {desk["closed"].number}


def test_what_changes_is_found_at_once(agent):
    ticket = make_ticket("nothing works")
    receive(ticket, text="it says ECONNREFUSED now", source=Ticket.Source.MAIL)
    set_value(ticket, field="model", raw="kling-v2", by=agent)

    assert numbers(agent, "econnrefused model:kling-v2") == {ticket.number}

    set_value(ticket, field="model", raw="", by=agent)

    assert numbers(agent, "model:kling-v2") == set()


def test_a_name_that_comes_later_finds_older_tickets(agent):
    first = make_ticket("one", email="ola@client.invalid")
    make_ticket("two", email="ola@client.invalid", name="Ola Nyström")

    assert first.number in numbers(agent, "nyström")


def test_rebuilding_gives_the_same_entries(desk):
    before = set(SearchDoc.objects.values_list("pk", "tokens", "text"))
    SearchDoc.objects.filter(pk=desk["limited"].pk).delete()
    call_command("index_search", missing=True, verbosity=0)
    call_command("index_search", verbosity=0)

    assert set(SearchDoc.objects.values_list("pk", "tokens", "text")) == before


def test_a_deleted_entry_is_not_found(desk, agent):
    SearchDoc.objects.filter(pk=desk["limited"].pk).delete()

    assert numbers(agent, "duarte") == set()


def test_pages_of_a_search_follow_without_gap_or_double(agent):
    expected = [make_ticket(f"same words {at}").number for at in range(5)][::-1]
    listing = listing_of({"q": "same words"}, agent)

    first = page_of(listing, size=2)
    second = page_of(listing, size=2, after=first.after)
    third = page_of(listing, size=2, after=second.after)

    assert [t.number for page in (first, second, third) for t in page.tickets] == expected
    assert third.after == ""


def test_old_tickets_are_found_behind_many_newer_ones(agent):
    """The narrow steps look at the newest numbers only, the widest at all."""
    old = make_ticket("pelican stands here")
    far = Ticket.objects.create(number=old.number + 400_000, subject="far", customer=old.customer)
    SearchDoc.objects.create(ticket=far, tokens="pelican", text="pelican")
    SearchDoc.objects.filter(pk=far.pk).update(
        tokens=f"pelican step10={far.pk >> 10} step14={far.pk >> 14} step17={far.pk >> 17}"
    )

    terms, top, tickets = [Term(("pelican",))], next_number(), Ticket.objects.all()

    assert top == far.pk + 1
    assert newest_with(terms, tickets, below=top, most=10) == [far, old]
    assert newest_with(terms, tickets, below=top, most=1) == [far]
    assert newest_with(terms, tickets, below=far.pk, most=10) == [old]
    assert count_with(terms, tickets, below=top, most=10) == 2
    assert count_with(terms, tickets, below=top, most=1) == 1


def test_an_account_is_found_as_the_report_names_it(agent):
    told = make_ticket("It fails", told={"account": "Quill Works"})
    known = make_customer("ines@polar.invalid", account=Account.objects.create(name="Polar Reel"))
    held = make_ticket("It fails too", email=known.email)

    def found(text, *, evidence=True):
        tickets = page_of(listing_of({"q": text}, agent, evidence=evidence)).tickets
        return [ticket.number for ticket in tickets]

    assert found('account:"quill works"') == [told.number]
    assert found("account:polar") == [held.number]
    assert found("account:polar", evidence=False) == [held.number]
    assert found("account:quill", evidence=False) == []


def test_a_minus_leaves_out_a_word_a_value_and_what_an_operator_says(agent):
    plain = make_ticket("wombat alone")
    both = make_ticket("wombat and quokka")
    charged = make_ticket("wombat was charged")
    Ticket.objects.filter(pk=charged.pk).update(charged=True)

    def found(text, **more):
        return {ticket.number for ticket in page_of(listing_of({"q": text}, agent, **more)).tickets}

    assert found("wombat -quokka") == {plain.number, charged.number}
    assert found("wombat -charged:yes") == {plain.number, both.number}
    assert found(f"wombat -number:{both.number}") == {plain.number, charged.number}
    assert found("wombat -quokka", evidence=False) == found("-quokka wombat", evidence=False)
    assert count_of(listing_of({"q": "wombat -quokka"}, agent)) == 2


def test_what_is_not_understood_lists_nothing(agent):
    make_ticket("wombat")

    for text in ("is:foo", "wombat charged:maybe", "-is:foo"):
        listing = listing_of({"q": text}, agent)
        assert (page_of(listing).tickets, count_of(listing)) == ([], 0)
        assert listing.notes


def test_the_number_of_a_merged_ticket_finds_the_one_it_went_into(agent):
    ines = make_customer("ines@polar.invalid")
    one, other = make_ticket("It fails", email=ines.email), make_ticket("It fails again", email=ines.email)
    [done] = merge([one], into=other, by=agent)

    def found(text):
        return [ticket.number for ticket in page_of(listing_of({"q": text}, agent)).tickets]

    assert found(f"#{one.number}") == found(f"number:{one.number}") == [other.number]
    undo_merge(done, by=agent)
    assert found(f"#{one.number}") == [one.number]


def test_a_key_is_found_by_its_last_four_however_it_is_written(desk, agent):
    ticket = make_ticket(f"401 with {fake_key()}")
    last = fake_key()[-4:]

    for text in (f"key:{last}", f"key:…{last}", f"key:sk-…{last}", f"key:sk-...{last}"):
        assert ticket.number in [each.number for each in page_of(listing_of({"q": text}, agent)).tickets]


def test_who_may_not_see_evidence_does_not_search_it(desk, agent):
    listing = listing_of({"q": "wombat"}, agent, evidence=False)
    by_name = listing_of({"q": "duarte"}, agent, evidence=False)
    by_model = listing_of({"q": "model:gpt-4o-mini"}, agent, evidence=False)

    assert page_of(listing).tickets == []
    assert [ticket.number for ticket in page_of(by_name).tickets] == [desk["limited"].number]
    assert by_model.notes == ("model: is evidence, which you may not search.",)


@pytest.mark.parametrize("text", ["after:0001-01-01", "before:9999-12-31", "-after:0001-01-01"])
def test_days_at_the_ends_of_time_are_no_error(agent, text):
    """Midnight there is no moment of UTC."""
    for zone in ("Asia/Shanghai", "America/Lima"):
        listing = listing_of({"q": text}, agent, now=timezone.localtime(timezone=ZoneInfo(zone)))
        assert page_of(listing).tickets == []


def test_who_may_not_search_evidence_is_told_that_phrases_are_read_as_words(agent):
    """A phrase is looked for in the text of an entry, which holds evidence too."""
    note = "Quoted words are searched for one by one: you may not search evidence for whole phrases."

    assert listing_of({"q": '"middle of"'}, agent, evidence=False).notes == (note,)
    assert listing_of({"q": '"middle" of'}, agent, evidence=False).notes == ()
    assert listing_of({"q": '"middle of"'}, agent).notes == ()


def test_and_between_words_says_nothing_new(agent):
    ticket = make_ticket("wombat quokka")

    assert numbers(agent, "wombat AND quokka") == {ticket.number}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("colour:red", "There is no operator colour: – searched for as words."),
        ("model:", "model: needs a value."),
        ("charged:maybe", "charged: is yes, no or unknown."),
        ("after:soon", "A time is written as 12h, 2d, 3w or 2026-01-31, not soon."),
        ("assignee:zoe", "Nobody here is called zoe."),
        ("'|'", "There is no word in this to search for."),
        ("-wombat", "Say also what is looked for: words alone cannot be left out."),
        ('wombat -"two words"', "Only single words and whole values can be left out."),
        ('wombat -"error error"', "Only single words and whole values can be left out."),
        ("wombat OR quokka", "OR is read as a word. A minus before a word leaves it out."),
        ("wombat AND quokka", None),
        ("https://api.example.com", None),
        ("gpt-4o status:429", None),
    ],
)
def test_what_is_not_understood_is_said(agent, text, note):
    assert listing_of({"q": text}, agent).notes == ((note,) if note else ())


NASTY = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("\":*#&|!()<->\\'%_ \t\x00限流ab1.-@+=~")
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY, operator=st.sampled_from(["", "model:", "key:", "account:", "after:", "is:", 'status:"']))
def test_nothing_that_is_typed_is_an_error(agent, text, operator):
    listing = listing_of({"q": operator + text}, agent)

    assert len(page_of(listing).tickets) == count_of(listing)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY)
def test_every_text_is_found_by_itself(agent, text):
    ticket = Ticket.objects.create(subject="x", customer=make_customer())
    SearchDoc.objects.bulk_create([entry_of(ticket, [], [text.replace('"', " ")])])
    listing = listing_of({"q": '"' + text.replace('"', " ") + '"'}, agent)

    found = [each.number for each in page_of(listing).tickets]
    assert not listing.terms or found[:1] == [ticket.number]
    ticket.search_doc.delete()


def test_a_merged_ticket_is_found_by_asking_for_merged_ones_and_again_after_the_undoing(agent):
    survivor, merged = (make_ticket(f"pelican {at}", email="one@client.invalid") for at in range(2))
    merge_of = merge([merged], into=survivor, by=agent)[0]

    assert numbers(agent, "pelican") == {survivor.number}
    assert count_of(listing_of({"q": "pelican"}, agent)) == 1
    assert numbers(agent, "pelican is:merged") == numbers(agent, "is:Merged") == {merged.number}

    undo_merge(merge_of, by=agent)

    assert numbers(agent, "pelican") == {survivor.number, merged.number}
    assert count_of(listing_of({"q": "pelican"}, agent)) == 2
