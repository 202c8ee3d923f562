import pytest

from tickets.connectors.quoted import own_words

HISTORY = {
    "gmail": "On Fri, Nov 27, 2026 at 9:00 AM Desk <desk@desk.invalid> wrote:\n> Hello\n> please try",
    "gmail, broken over lines": "On Fri, Nov 27, 2026 at 9:00 AM Triage desk\n<desk@desk.invalid> wrote:\n\n> Hello",
    "gmail, chinese": "Desk <desk@desk.invalid> 于2026年11月27日周五 09:00写道：\n> 您好",
    "foxmail": '在 2026-11-27 09:00:00，"Desk" <desk@desk.invalid> 写道：\n\n您好，请重试',
    "qq": '------------------ 原始邮件 ------------------\n发件人: "Desk" <desk@desk.invalid>;\n您好',
    "qq, english": "------------------ Original ------------------\nFrom: Desk\nhello",
    "outlook": "-----Original Message-----\nFrom: Desk\nSent: Friday\nTo: Lin\nSubject: x\n\nHello",
    "outlook, new": "________________________________\nFrom: Desk <d@x>\nSent: Friday\nTo: Lin\nSubject: x\n\nHello",
    "outlook, chinese": "发件人: Desk <d@x>\n发送时间: 2026年11月27日\n收件人: Lin\n主题: x\n\n您好",
    "german": "Am 27.11.2026 um 09:00 schrieb Desk:\n> Hallo",
    "our line": "Desk, desk@desk.invalid, last Friday:\n#~~ Please write above this line ~~#\n\nHello",
    "our line, quoted": "> #~~ 请在此行以上回复 ~~#\n>\n> 您好",
    "nothing that introduces it": "> Hello\n> please try",
}


@pytest.mark.parametrize("program", HISTORY)
def test_the_history_under_an_answer_is_cut(program):
    assert own_words(f"It works now.\nThanks\n\n{HISTORY[program]}\n") == "It works now.\nThanks"


def test_answers_between_quoted_lines_keep_what_they_answer():
    text = "On Friday, Desk <d@x> wrote:\n> Which model?\ngpt-4o\n> Which time?\n09:12\n"

    assert own_words(text) == "> Which model?\ngpt-4o\n> Which time?\n09:12"


@pytest.mark.parametrize("program", HISTORY)
def test_where_nothing_else_is_left_all_is_kept(program):
    assert own_words(HISTORY[program]) == HISTORY[program]


def test_a_signature_is_cut():
    assert own_words("It works.\n-- \nLin\nClient Ltd") == "It works."


@pytest.mark.parametrize(
    "text",
    [
        "curl said:\n< HTTP/1.1 404\n{}",
        "From: the log\nit says 404",
        "--\n" + "line\n" * 30 + "end",
        "The error on the page wrote: nothing\nso what",
        "On Monday it worked.\nToday the log says:\n> GET /v1/models\n< 404\nstrange",
    ],
)
def test_what_is_no_history_stays(text):
    assert own_words(text) == text.strip()


def test_a_text_of_many_long_lines_is_read_in_good_time():
    line = "1@" * 190 + "写道："
    text = "\n".join([line] * 2000 + ["On " + "x" * 350 + ":"] * 2000)

    assert len(own_words(text)) > 0
