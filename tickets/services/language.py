"""Which of the desk's languages a text is written in, and how the reader's language parts the words of a list."""

import re
from collections.abc import Iterable

from django.utils.translation import pgettext

from tickets.models import Language

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE = 4_000


def language_of(text: str, *, otherwise: str = Language.ENGLISH) -> str:
    """Chinese as soon as a few Han characters stand there: errors are English in every language's complaint."""
    sample = text[:_SAMPLE]
    if len(_HAN.findall(sample)) >= 2:
        return Language.CHINESE
    return Language.ENGLISH if any(letter.isalpha() for letter in sample) else otherwise


def listed(words: Iterable[object]) -> str:
    """One after the other, as the reader's language parts them: one, other · 甲、乙"""
    return pgettext("between the words of a list", ", ").join(map(str, words))
