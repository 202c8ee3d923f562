"""The public tools: what they answer, that they mask what they show, and that they keep nothing."""

import html
import json

import pytest
from django.test import Client

from tests.factories import fake_key, make_admin
from tests.tickets.test_no_secret_stays import stored
from tickets.models import GatewayModel
from tickets.services.gateway_model import save_model
from triage.engine.text import MAX_CHARS

pytestmark = pytest.mark.django_db
KEY = fake_key("Zz91")
BODY = """{
  "model": "o3-mini",
  "temperature": 3,
  "messages": [
    {"role": "user", "content": "my own words"},
    {"role": "tool", "content": "x"}
  ]
}"""
PAGES = ("", "request/", "base-url/", "model-name/", "safe-request/", "pacing/")
FORMS = {
    "request/": {"text": f"curl https://u:{KEY}@gateway.invalid/v1/{KEY} -H 'Authorization: Bearer {KEY}' -d '"
                 + BODY.replace("my own words", KEY).replace("o3-mini", KEY) + "'"},
    "base-url/": {"url": f"https://user:{KEY}@gateway.invalid/v1", "endpoint": f"/v1?key={KEY}", "client": ""},
    "model-name/": {"name": KEY},
    "safe-request/": {"base_url": f"https://gateway.invalid/v1?api_key={KEY}", "model": KEY, "task_id": KEY,
                      "kind": "chat"},
    "pacing/": {"text": f"Authorization: Bearer {KEY}\nHTTP/1.1 429\nretry-after: 20"},
}  # fmt: skip


def shown(answer):
    return html.unescape(answer.content.decode())


def check(client, text):
    return client.post("/tools/request/", {"text": text})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages_with_few_statements(
    client, django_assert_num_queries, page, language
):
    client.cookies["django_language"] = language
    client.get("/tools/")  # what public pages share is known from here on

    with django_assert_num_queries(0):
        answer = client.get(f"/tools/{page}")

    assert answer.status_code == 200


@pytest.mark.parametrize("page", FORMS)
def test_a_key_is_never_shown_again_and_nothing_is_stored(client, django_assert_max_num_queries, page):
    before = stored()
    client.get("/tools/")

    with django_assert_max_num_queries(1):
        answer = client.post(f"/tools/{page}", FORMS[page])

    assert answer.status_code == 200
    assert KEY[6:40] not in shown(answer)
    assert stored() == before


def test_home_leads_to_every_tool(client):
    page = client.get("/").content.decode()

    assert [path for path in PAGES[1:] if f'href="/tools/{path}"' not in page] == []


def test_findings_carry_place_line_and_mark(client):
    answer = check(client, BODY)

    found = [(each.path, each.line, each.is_error) for each in answer.context["checked"].findings]
    assert found == [
        ("temperature", 3, True),
        ("messages[1].tool_call_id", 6, True),
        ("temperature", 3, False),
    ]
    marked = {
        line.number: line.pieces[-1].numbers for line in answer.context["checked"].lines if line.is_marked
    }
    assert marked == {3: (1, 3), 6: (2,)}
    assert "2 things will be refused" in shown(answer)


def test_a_curl_command_is_read_with_its_address(client):
    answer = check(client, f"curl https://gateway.invalid/v1/v1/chat/completions -d '{BODY}'")

    checked = answer.context["checked"]
    assert (checked.format, checked.model, checked.endpoint) == (
        "Chat Completions",
        "o3-mini",
        "/v1/v1/chat/completions",
    )
    assert "The version part (/v1) is in the path twice." in shown(answer)


def test_broken_json_is_marked_where_it_breaks(client):
    answer = check(client, '{"model": "gpt-4o",\n "messages": [{"role": "user", "content": "x"},],}')

    (finding,) = answer.context["checked"].findings
    assert (finding.line, finding.column) == (2, 48)
    (piece,) = [piece for line in answer.context["checked"].lines for piece in line.pieces if piece.numbers]
    assert piece.text == "],}"


def test_a_long_line_is_cut_around_the_place_where_it_breaks(client):
    text = '{"model": "gpt-4o", "user": "%s", "stream": True, "messages": []}' % ("word " * 900)

    checked = check(client, text).context["checked"]

    (line,) = checked.lines
    assert sum(len(piece.text) for piece in line.pieces) < 450
    assert [piece.text for piece in line.pieces if piece.numbers] == ['True, "messages']


def test_a_body_in_one_line_is_set_out(client):
    text = json.dumps({**json.loads(BODY), "user": "a" * 100})

    assert [each.line for each in check(client, text).context["checked"].findings] == [3, 9, 3]


def test_a_sound_request_is_said_to_be_sound(client):
    answer = check(
        client, '{"model": "gpt-4o", "messages": [{"role": "user", "content": "%s"}]}' % ("word " * 700)
    )

    assert "The form of this request is right" in shown(answer)
    tokens = answer.context["checked"].tokens
    assert tokens.low <= 700 <= tokens.high
    assert f"about <strong>{tokens.likely}</strong>" in shown(answer)
    assert "99.8 % of the counts lay within these bounds" in shown(answer)


def test_a_name_that_is_not_offered_gets_the_nearest_one(client):
    save_model(GatewayModel(name="gpt-4o-mini", also_called="mini"), by=make_admin())

    for written in ("gpt4o-mini", "mini"):
        answer = check(client, json.dumps({"model": written, "messages": [{"role": "user", "content": "x"}]}))
        assert 'Use: "model": "gpt-4o-mini"' in shown(answer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("curl https://gateway.invalid/v1/chat/completions -d @body.json", "reads the body from a file"),
        ("curl https://gateway.invalid/v1/models", "This command sends no data."),
        ("not json", "The JSON is not valid at this place."),
    ],
)
def test_what_is_no_request_is_said_to_be_none(client, text, words):
    assert words in shown(check(client, text))


def test_an_empty_and_a_too_long_request_are_refused_with_a_sentence(client):
    empty, long = check(client, " \n "), check(client, "x" * (MAX_CHARS + 1))

    assert (empty.status_code, long.status_code) == (200, 422)
    assert "There is no body in this" in shown(empty)
    assert "This has 200001 characters; up to 200000 can be checked." in shown(long)
    assert "Paste the body of a request" in shown(check(client, ""))


def test_more_lines_than_a_page_bears_are_checked_and_counted(client):
    body = (
        '{"model": "gpt-4o",'
        + "\n" * 30_000
        + '"temperature": 3, "messages": [{"role": "user", "content": "x"}]}'
    )

    answer = check(client, body)

    (finding,) = answer.context["checked"].findings
    assert (finding.path, finding.line) == ("temperature", 30_001)
    assert len(answer.context["checked"].more_lines) == 10_000
    assert "20001 more lines were checked and are not shown." in shown(answer)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{" * 100_000, '{"a":' * 20_000, "\x00\udc80", '"\\' * 50_000]
)
def test_odd_requests_are_answered(client, text):
    answer = check(client, text.encode("utf-8", "replace").decode())

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("form", "heading", "line"),
    [
        ({"url": "http://api.gateway.invalid/v1/chat/completions"}, "Use this address", "https://api.gateway.invalid/v1"),
        ({"url": "https://api.gateway.invalid/v1/v1"}, "Use this address", "https://api.gateway.invalid/v1"),
        ({"url": "https://api.gateway.invalid", "client": "openai"}, "Use this address", "https://api.gateway.invalid/v1"),
        ({"url": "https://api.gateway.invalid"}, "It depends on the program", "https://api.gateway.invalid/v1"),
        ({"url": "https://api.gateway.invalid/v1", "client": "claude code"}, "Use this address", "https://api.gateway.invalid"),
        ({"url": "https://api.gateway.invalid/v1"}, "This address is right", "https://api.gateway.invalid/v1"),
        ({"url": "http://localhost:3000/v1", "in_container": "on"}, "Use this address", "http://host.docker.internal:3000/v1"),
        ({"url": "my gateway"}, "This cannot be the base URL", ""),
    ],
)  # fmt: skip
def test_the_corrected_address_is_there_to_copy(client, form, heading, line):
    answer = client.post("/tools/base-url/", form)

    assert heading in shown(answer)
    assert answer.context["answer"].line == line
    assert not line or f'id="line">{line}</code>' in shown(answer)


def test_a_model_name_is_compared_with_the_operators_list(client):
    for name in ("gpt-4o", "gpt-4o-mini", "gpt-4o-audio"):
        save_model(GatewayModel(name=name), by=make_admin())

    right = client.post("/tools/model-name/", {"name": "gpt-4o"}).context["answer"]
    wrong = client.post("/tools/model-name/", {"name": "gpt4o_mini "}).context["answer"]

    assert (right.state, right.line) == ("fine", "")
    assert (wrong.state, wrong.line) == ("wrong", "gpt-4o-mini")


def test_without_a_list_nothing_is_claimed_but_what_the_makers_say(client):
    unknown = client.post("/tools/model-name/", {"name": "gpt-9"})
    gone = client.post("/tools/model-name/", {"name": "claude-2.1"})

    assert "We cannot tell here" in shown(unknown)
    assert "This model has been withdrawn by its maker." in shown(gone)


def test_the_smallest_requests_hold_what_was_written_and_no_key(client):
    form = {"base_url": "https://gateway.invalid", "model": "demo-1", "kind": "chat", "stream": "on"}

    commands = [step.curl for step in client.post("/tools/safe-request/", form).context["steps"]]

    assert len(commands) == 3
    assert commands[0] == 'curl -sS -i https://gateway.invalid/v1/models -H "Authorization: Bearer $API_KEY"'
    assert '"demo-1"' in commands[1]
    assert '"stream": true' in commands[2]


def test_a_task_is_asked_for_and_never_started_anew(client):
    form = {"base_url": "https://gateway.invalid/v1", "task_id": "task_abc123", "kind": "video"}

    commands = [step.curl for step in client.post("/tools/safe-request/", form).context["steps"]]

    assert commands[-1].startswith("curl -sS -i https://gateway.invalid/v1/video/generations/task_abc123")
    assert not [command for command in commands if " -d " in command]


@pytest.mark.parametrize(
    ("query", "first"), [("", 1), ("?wait=20", 20), ("?wait=99999", 3600), ("?wait=x", 1)]
)
def test_the_programs_begin_with_the_pause_of_the_address(client, query, first):
    answer = client.get(f"/tools/pacing/{query}")

    curl, python, javascript = (program.code for program in answer.context["programs"])
    assert f"first={first} " in curl
    assert f"first={first}," in python
    assert f"first = {first}," in javascript


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("HTTP/1.1 429 Too Many Requests\nretry-after: 20", "Wait 20 seconds"),
        ("HTTP/1.1 429 Too Many Requests", "Wait, and longer each time"),
        ("HTTP/1.1 429\nYou exceeded your current quota, check your plan and billing", "Waiting does not help here"),
        ("HTTP/1.1 404 Not Found", "This is no rate limit"),
    ],
)  # fmt: skip
def test_a_refusal_is_read(client, text, heading):
    assert heading in shown(client.post("/tools/pacing/", {"text": text}))


def test_an_expired_form_gives_back_what_was_typed():
    answer = Client(enforce_csrf_checks=True).post("/tools/request/", {"text": BODY})

    assert answer.status_code == 403
    assert "my own words" in shown(answer)
