"""A reply that speaks of a file which is not there: "see attached", 见附件."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import NO_ATTACHMENT, Objection

REASON = Words("This speaks of a file, and none is attached.", "这里提到了附件，但没有附上文件。")
SUGGESTION = Words(
    "Attach the file or take the words out. Send again if it is right as it stands.",
    "请附上文件，或删去这句话。确认无误可再次点击发送。",
)

# What stands in code or is quoted from the customer is not ours.
_NOT_OURS = re2.compile(r"(?s)```.*?(?:```|$)|`[^`\n]+`|(?m:^>.*$)")
_SPEAKS_OF_FILE = re2.compile(
    r"(?i)\b(?:attachments?|enclosed)\b"
    r"|\b(?:i(?:'ve| have)?|we(?:'ve| have)?|is|are|see|find|as) (?:the )?attached\b"  # not "attached files count too"
    r"|(?:^|[.!?:]\s+)attached\b|\bi attach\b"
    r"|\bsee (?:the |this )?(?:file|screenshot|screen shot|picture|image)\b"
    r"|(?:见|请看|附上|如|查看)(?:下方|下面|以下|随信)?(?:的)?(?:附件|附图|截图)|附件|见附图|随附"
)


def attachment_objections(text: str) -> Iterator[Objection]:
    """Every place that speaks of a file. Only for a reply without files."""
    ours = _NOT_OURS.sub(lambda found: " " * len(found.group()), text)
    for found in _SPEAKS_OF_FILE.finditer(ours):
        yield Objection(NO_ATTACHMENT, Span(found.start(), found.end()), REASON, SUGGESTION)
