import pytest

from tests.factories import make_agent, make_ticket
from tickets.services.markdown import as_plain, to_html
from tickets.services.message import add_note


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("1. **a**\n2. `b`", "<ol>\n<li><strong>a</strong></li>\n<li><code>b</code></li>\n</ol>\n"),
        ('```json\n{"a": 1}\n```', '<pre tabindex="0"><code>{"a": 1}\n</code></pre>\n'),
        ("# Loud", "<h3>Loud</h3>"),
        ("[way](https://a.example)", '<p><a href="https://a.example" rel="noopener noreferrer nofollow">way</a></p>\n'),
        ("key sk-proj-…ab12 is", '<p>key <i class="redacted">sk-proj-…ab12</i> is</p>\n'),
        ("`sk-…ab12`", '<p><code><i class="redacted">sk-…ab12</i></code></p>\n'),
    ],
)  # fmt: skip
def test_markdown_of_the_desk(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](data:image/png;base64,AAAA)",
        '<a href="https://a.example" onclick="x()">a</a>',
        "```\n</code></pre><script>x</script>\n```",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_that_runs_or_loads_comes_through(text):
    html = to_html(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "<a href" not in html


def test_a_letter_gets_plain_text():
    written = "See [the guide](https://a.example/g).\n\n```sh\ncurl x\n```\nDone."

    assert as_plain(written) == "See the guide: https://a.example/g.\n\ncurl x\nDone."


@pytest.mark.django_db
def test_a_note_is_rendered_at_the_desk(client):
    ticket, agent = make_ticket(), make_agent()
    client.force_login(agent)
    add_note(ticket, by=agent, body="**Seen** `before`")

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "<strong>Seen</strong> <code>before</code>" in page
