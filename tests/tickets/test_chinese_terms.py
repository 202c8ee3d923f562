"""One word for one thing in the Chinese interface: what was once called otherwise does not come back."""

import polib
import pytest
from django.conf import settings

ENTRIES = polib.pofile(str(settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"))


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ("服务商", "供应商"),
        ("配置错误", "配置问题"),
        ("休眠", "暂缓"),
        ("事故", "事件"),
        ("设定结论", "设定判定"),
        ("个工单", "张工单"),
    ],
)
def test_one_thing_has_one_word(other, word):
    said = {entry.msgid: [entry.msgstr, *entry.msgstr_plural.values()] for entry in ENTRIES}

    assert [msgid for msgid, texts in said.items() if any(other in text for text in texts)] == []
    assert any(word in text for texts in said.values() for text in texts)


def test_an_escalation_is_no_report():
    assert [
        entry.msgid for entry in ENTRIES if "escalat" in entry.msgid.lower() and "上报" in entry.msgstr
    ] == []


def test_names_stand_apart_from_chinese_words():
    close = [
        entry.msgid
        for entry in ENTRIES
        for name in ("%(name)s", "%(to)s")
        for before, after in [entry.msgstr.partition(name)[::2]]
        if name in entry.msgstr and (_is_han(before[-1:]) or _is_han(after[:1]))
    ]

    assert close == []


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"
