import base64
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.mails import a_bounce, a_mail, a_part, parts
from tickets.connectors.mail_reading import MOST_BYTES, read_mail

CHINESE = "调用模型一直报错：余额不足"


def encoded(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def test_a_plain_mail():
    mail = read_mail(a_mail("It fails.\r\nAlways.", mail_id="<one@client.invalid>", subject="Help"))

    assert (mail.message_id, mail.sender, mail.sender_name) == (
        "one@client.invalid",
        "lin@client.invalid",
        "Lin",
    )
    assert (mail.subject, mail.text, mail.files) == ("Help", "It fails.\nAlways.", ())


@pytest.mark.parametrize("charset", ["gb18030", "gbk", "gb2312", "big5", "utf-8", "utf-16"])
def test_chinese_in_the_charset_that_is_named(charset):
    text = CHINESE if charset != "big5" else "調用模型一直報錯"

    mail = read_mail(a_mail(text, charset=charset, subject=encoded(text, charset)))

    assert (mail.subject, mail.text) == (text, text)


@pytest.mark.parametrize(
    "named", ["us-ascii", "iso-8859-1-nonsense", "unknown-8bit", "utf-8", "rot13", "idna"]
)
def test_a_wrong_or_unknown_charset_is_read_by_what_it_looks_like(named):
    content = (CHINESE * 3).encode("gb18030")

    mail = read_mail(a_mail(content, charset="", content_type=f"text/plain; charset={named}"))

    assert mail.text == CHINESE * 3


def test_a_subject_in_raw_bytes_and_no_charset_at_all():
    raw = "From: a@client.invalid\r\nSubject: 余额不足\r\n\r\n一直报错".encode("gb18030")

    mail = read_mail(raw)

    assert (mail.subject, mail.text) == ("余额不足", "一直报错")


def test_a_character_cut_in_two_between_encoded_words():
    raw = "余额不足".encode()
    words = " ".join(f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in (raw[:4], raw[4:]))

    assert read_mail(a_mail(subject=words)).subject == "余额不足"


@pytest.mark.parametrize(
    "subject", ["=?utf-8?B?%%%?=", "=?nonsense?Q?a=ZZ?=", "=?utf-8?Q?", "=??Q??=", "\x00"]
)
def test_broken_encoded_words_do_no_harm(subject):
    assert isinstance(read_mail(a_mail(subject=subject)).subject, str)


def test_plain_wins_over_html():
    mail = read_mail(parts(a_part("as text"), a_part("<b>as html</b>", "text/html"), kind="alternative"))

    assert mail.text == "as text"


@pytest.mark.parametrize(
    "plain", ["", " \r\n ", "Please use an HTML-capable e-mail client to view this message."]
)
def test_html_is_read_where_plain_says_nothing(plain):
    mail = read_mail(parts(a_part(plain), a_part("<p>It fails</p>", "text/html"), kind="alternative"))

    assert mail.text == "It fails"


def test_a_mail_of_html_only_is_not_empty():
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>It&nbsp;fails:</p><pre>{\n "
        '"error": 1}</pre><img src="https://track.invalid/1.gif"><script>alert(1)</script>'
    )

    mail = read_mail(a_mail(page, charset="", content_type="text/html; charset=utf-8"))

    assert mail.text == 'It fails:\n\n{\n "error": 1}'


def test_text_files_are_read_and_others_are_named():
    mail = read_mail(
        parts(
            a_part("see the log"),
            a_part(
                "429 too many",
                "application/octet-stream",
                'Content-Disposition: attachment; filename="a.log"',
            ),
            a_part("{}", "application/json; name=b.json"),
            a_part(b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "Content-Disposition: inline; filename=c.png"),
            a_part(b"\x00\x01\x02\x03" * 40, "text/plain", "Content-Disposition: attachment; filename=d.txt"),
        )
    )

    assert mail.text == "see the log"
    assert [(file.name, file.text) for file in mail.files] == [
        ("a.log", "429 too many"),
        ("b.json", "{}"),
        ("c.png", None),
        ("d.txt", None),
    ]


def test_the_words_of_a_forwarded_mail_arrive():
    inner = a_mail("the provider says 503", subject="Outage", sender="ops@provider.invalid")

    (file,) = read_mail(parts(a_part("see below"), a_part(inner, "message/rfc822"))).files

    words = file.text or ""
    assert "Subject: Outage" in words
    assert "the provider says 503" in words


def test_a_report_says_who_and_why_and_which_letter():
    mail = read_mail(a_bounce("<letter@desk.invalid>"))

    assert (mail.returned.action, mail.returned.recipient) == ("failed", "lin@client.invalid")
    assert "550 5.1.1 user unknown" in mail.returned.said
    assert mail.original_ids == ("letter@desk.invalid",)


def test_references_come_nearest_first_and_once():
    raw = a_mail(in_reply_to="<c@x>", references="<a@x> <b@x>\r\n <c@\r\n x>")

    assert read_mail(raw).references == ("c@x", "b@x", "a@x")


def test_without_an_id_the_same_mail_has_the_same_made_one():
    raw = b"From: a@client.invalid\r\nSubject: x\r\n\r\nhello"

    assert read_mail(raw).message_id == read_mail(b"Received: again\r\n" + raw).message_id
    assert read_mail(raw).message_id != read_mail(raw + b"!").message_id


def test_lines_that_a_program_broke_are_whole_again():
    raw = a_mail('{"error": \r\n{"code": 1}}\r\nend', charset="", content_type="text/plain; format=flowed")

    assert read_mail(raw).text == '{"error": {"code": 1}}\nend'


def test_a_bomb_of_nested_parts_is_read_without_harm():
    raw = a_mail("deep")
    for _ in range(300):
        raw = parts(raw)

    assert isinstance(read_mail(raw).text, str)


def test_a_huge_mail_is_cut_and_says_so():
    mail = read_mail(a_mail("x" * MOST_BYTES))

    assert mail.is_cut
    assert len(mail.text) < MOST_BYTES


@pytest.mark.parametrize(
    "markup", ["<a b='", "<!--", "<", "</", "<?", "<blockquote>", "<script>", "<![CDATA["]
)
def test_broken_markup_costs_no_minutes_and_no_memory(markup):
    start = time.monotonic()
    mail = read_mail(a_mail(markup * 150_000, charset="", content_type="text/html"))

    assert time.monotonic() - start < 20  # it took minutes, or all memory
    assert len(mail.text) < 2_000_000


def test_the_pages_of_one_mail_share_one_bound():
    mail = read_mail(parts(*[a_part("<p>" + "word " * 30_000, "text/html") for _ in range(4)]))

    assert mail.is_cut
    assert 150_000 < len(mail.text) < 200_000


def test_a_wrong_boundary_loses_no_words():
    raw = parts(a_part("still here")).replace(b'boundary="=_mark', b'boundary="=_other')

    assert "still here" in read_mail(raw).text


PIECES = st.sampled_from(
    [b"From: ", b"a@b.invalid", b"\r\n", b"\n", b"\r\n\r\n", b"Subject: =?gb2312?B?", b"?=", b"Content-Type: ",
     b'multipart/mixed; boundary="x"', b"--x", b"--x--", b"message/rfc822", b"message/delivery-status", b"text/html",
     b"text/plain; charset=", b"utf-7", b"\x00", b"\xff\xfe", b"Content-Transfer-Encoding: base64", b"x-uuencode",
     b"begin 644 x", b"In-Reply-To: <", b">", b"filename*=utf-8''%", b"; name*0*=", b"<blockquote>", b"<![", b"&#x"]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=400), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=40).map(b"".join)
    )
)
@example(b"")
@example(b"Content-Type: message/rfc822\n\n")
@example(b"Content-Type: multipart/mixed; boundary=\n\n--\n")
@example(b"Content-Type: text/plain; charset*=x'y\n\n\xff")
@example(b"Content-Type: text/html\n\n<![if foo]<!x")
def test_reading_never_raises(raw):
    mail = read_mail(raw)

    for text in (mail.message_id, mail.sender, mail.subject, mail.text):
        text.encode()  # no half characters either
