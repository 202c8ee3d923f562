"""What customers say of an error in their own words, without what tells who said it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tickets.models import Message
from triage.engine.scrub import GAP, scrub

from ..catalogue import catalogue

MOST_QUOTES, MOST_READ = 3, 6_000  # quotes of a language; characters of a message
SHORTEST, LONGEST = 12, 160
LEAST_KEPT = 0.75  # of the words of a sentence
_SENTENCES = re.compile(r"[\n\r。！？!?]+|(?<=[.])\s+")
_MACHINE = re.compile(r"[{}\[\]<>=|\\\"/_`]|HTTP|Traceback|curl\b|\d{4}", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:hello|hi|hey|dear|thanks?|thank you|(?:best|kind) regards|cheers|i am|i'm|my name|please help)\b"
    r"|您?你?好|我是|我叫|谢谢|感谢|麻烦",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def quotes_of(messages: Iterable[Message], *, known: set[str]) -> dict[str, list[str]]:
    """For each language the sentences that keep most of their words. A word of one customer only is left out,
    unless the built-in texts use it too.
    """
    said = [(message, sentence) for message in messages for sentence in _sentences(message.body)]
    users: dict[str, set[int]] = defaultdict(set)
    for message, sentence in said:
        for word in _WORDS.findall(sentence):
            users[word.lower()].add(message.ticket.customer_id)
    shared = {word for word, by in users.items() if len(by) > 1} | common_words()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for message, sentence in said:
        quote = _without_own_words(scrub(sentence, known), shared)
        if quote and (bool(_HAN.search(quote)) == message.language.startswith("zh")):
            found[message.language][quote] += 1
    return {
        language: sorted(quotes, key=lambda quote: (GAP in quote, -quotes[quote], len(quote), quote))[
            :MOST_QUOTES
        ]
        for language, quotes in found.items()
    }


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The words of the built-in articles, causes and replies: nobody is known by them."""
    built_in = catalogue()
    texts = [
        *(
            words.en
            for cause in built_in.causes.values()
            for words in (cause.title, cause.plain, cause.check)
        ),
        *(reply.body.en for reply in built_in.replies),
        *(words.en for article in built_in.articles for words in (article.title, *article.parts.values())),
    ]
    return frozenset(word.lower() for text in texts for word in _WORDS.findall(text))


def _sentences(body: str) -> Iterator[str]:
    for sentence in _SENTENCES.split(body[:MOST_READ]):
        said = " ".join(sentence.split())
        shortest = SHORTEST // 2 if _HAN.search(said) else SHORTEST  # a Chinese sentence has fewer signs
        if shortest <= len(said) <= LONGEST and not _MACHINE.search(said) and not _POLITE.match(said):
            yield said


def _without_own_words(sentence: str, shared: set[str]) -> str:
    """Empty where too little would be left."""
    words = _WORDS.findall(sentence)
    kept = [word for word in words if word.lower() in shared]
    if words and len(kept) < LEAST_KEPT * len(words):
        return ""
    said = _WORDS.sub(lambda word: word.group() if word.group().lower() in shared else GAP, sentence)
    said = re.sub(rf"{GAP}(?:[\s{GAP}]*{GAP})+", GAP, said).strip(" ,.;:，；：")
    return said if len(said) >= SHORTEST // 2 and said.count(GAP) <= 2 else ""
