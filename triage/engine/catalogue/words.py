"""Reading one sentence in both languages."""

import re

from ..verdict import Words
from .problem import Entry

LANGUAGES = ("en", "zh")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def words(entry: Entry, key: str) -> Words:
    raw = entry.raw.get(key)
    if not isinstance(raw, dict):
        if key in entry.raw:
            entry.wrong(f"{key} must be a mapping with en and zh", key)
        return Words("", "")
    for language in sorted(raw.keys() - set(LANGUAGES), key=str):
        entry.wrong(f"{key} has an unknown language {language!r}", key, str(language))
    said = {language: _sentence(entry, key, raw, language) for language in LANGUAGES}
    if said["zh"] and not _HAN.search(said["zh"]):
        entry.wrong(f"{key}.zh holds no Chinese", key, "zh")
    return Words(**said)


def _sentence(entry: Entry, key: str, raw: dict[str, object], language: str) -> str:
    sentence = raw.get(language)
    if not isinstance(sentence, str) or not sentence.strip():
        entry.wrong(f"{key}.{language} is missing", key, language)
        return ""
    return sentence.strip()
