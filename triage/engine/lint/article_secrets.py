"""No secret and no personal data, in prose, error texts, codes, address and structured data alike."""

import json
from collections.abc import Iterator

import re2

from ..redact import redact
from ..verdict import Words
from .article_draft import Draft, Failure
from .sentence import blanked

_SECRET = Words("A secret stands here.", "这里含有密钥等敏感信息。")
_PERSONAL = Words("Personal data stands here.", "这里含有个人信息。")
_IDENTIFIER = Words(
    "An identifier of one single case stands here; leave it out.", "这里含有某个具体案例的标识；请删去。"
)
# Ids as gateways, providers and logs write them. A word such as request-id alone is none.
_ID = re2.compile(
    r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?:req|task|chatcmpl|msg|run|resp|org|proj|acct|cus)[-_](?:[0-9a-z]*\d[0-9a-z]*){1,4}\b"
    r"|\b20\d{12,}[0-9a-z]{6,}\b|\b[0-9a-f]{24,}\b"
)
# Kept for documentation, so nobody's.
_EXAMPLE = re2.compile(
    r"(?i)\b(?:127\.0\.0\.1|0\.0\.0\.0|(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3})\b"
    r"|[\w.+-]+@(?:[\w-]+\.)*example(?:\.(?:com|net|org))?(?:[^\w.-]|\.(?:\W|$)|$)"
)
_LONG_ENOUGH = 10
_PEPPER = b"article"  # nothing is kept of what is found


def secret_failures(draft: Draft) -> Iterator[Failure]:
    for language, part, text in _all_texts(draft):
        redacted = redact(blanked(_EXAMPLE, text), pepper=_PEPPER)
        for finding in redacted.findings:
            shown = redacted.text[finding.span.start : finding.span.end]
            yield Failure(language, part, shown, _PERSONAL if finding.is_personal else _SECRET)
        for found in _ID.finditer(redacted.text):
            if len(found.group()) >= _LONG_ENOUGH:
                yield Failure(language, part, found.group(), _IDENTIFIER)


def _all_texts(draft: Draft) -> Iterator[tuple[str, str, str]]:
    yield "", "slug", draft.slug
    yield from (("", "codes", code) for code in draft.codes)
    yield from (("", "strings", string) for string in draft.strings)
    for language, version in draft.versions.items():
        yield from ((language, name, text) for name, text in version.texts())
    for language, page in draft.pages.items():
        yield language, "structured data", json.dumps(page.data, ensure_ascii=False, default=str)
