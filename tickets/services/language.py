"""Which of the desk's languages a text is written in."""

import re

from tickets.models import Language

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE = 4_000


def language_of(text: str, *, otherwise: str = Language.ENGLISH) -> str:
    """Chinese as soon as a few Han characters stand there: errors are English in every language's complaint."""
    sample = text[:_SAMPLE]
    if len(_HAN.findall(sample)) >= 2:
        return Language.CHINESE
    return Language.ENGLISH if any(letter.isalpha() for letter in sample) else otherwise
