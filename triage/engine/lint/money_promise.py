"""Promising money back, while nobody has approved it."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import PROMISES_MONEY, Objection
from .sentence import Sentence, blanked

REASON = Words(
    "This promises money back, and no compensation has been approved for this ticket.",
    "这里承诺退还费用，而本工单还没有获批的补偿。",
)
SUGGESTION = Words(
    "Say that the charge will be checked and that you write about the outcome, or have a compensation approved first.",
    "改为说明会核查扣费并告知结果，或先申请补偿并等待批准。",
)

_GIVE = (
    r"(?:refund(?:ed|ing)?|credit(?:ed|ing)?|reimburs(?:e|ed|ing)|compensat(?:e|ed|ing)|repaid|repay"
    r"|pa(?:y|id)\s+back)"
)
_WILL = r"(?:will|shall|['’]ll|(?:am|are|is|['’]re|['’]s)\s+(?:going\s+to|being)|promise\s+to|guarantee\s+to)"
_SOON = r"(?:(?:be|now|also|fully|of\s+course|certainly|surely|then|get|have|been|shortly|gladly|happily)\s+){0,3}"
# An update of an incident speaks of all at once.
_MANY = r"(?:customers?|accounts?|users?|all|every(?:one|body))(?:\s+(?:affected|concerned|who\s+\w+|that\s+\w+))?"
_MONEY = (
    r"(?:refund|credit|compensation|reimbursement|your\s+money\s+back|the\s+(?:money|amount|charge)\s+back)"
)
_PROMISE = re2.compile(
    rf"(?i)\b(?:we|i|you|it|they|this|that|which|money|{_MANY}|charges?|amounts?|fees?|costs?|balances?|requests?|tasks?"
    r"|\d[\d.,]*\s*\w{3})"
    rf"(?:\s+of\s+\S+(?:\s+\w{{3}})?)?\s*{_WILL}\s+{_SOON}{_GIVE}\b"
    rf"|\b(?:you|{_MANY})\s*{_WILL}\s+{_SOON}(?:get|receive|have)\s+(?:(?:a|an|the|your|full|partial)\s+){{0,3}}{_MONEY}"
    rf"|\b(?:we|i)\s*{_WILL}\s+{_SOON}(?:give|send|issue|grant|transfer|return)\s+(?:(?:you|a|an|the|your|full|partial|back)\s+){{0,4}}"
    r"(?:refund|credits?|compensation|reimbursement|money|amount|charge)"
    rf"|\b(?:we|i)\s+(?:hereby\s+)?(?:guarantee|promise)\s+(?:(?:you|a|an|the|your|full|partial)\s+){{0,4}}{_MONEY}"
    rf"|\b(?:a|the|your|full)\s+(?:full\s+)?(?:refund|credit|reimbursement|compensation)\s+(?:{_WILL}\s+(?:be\s+)?(?:issued|made|granted|given|paid|follow|come|arrive)"
    r"|is\s+(?:on\s+its\s+way|guaranteed|certain|coming))"
)
_ZH_PROMISE = re2.compile(
    r"(?:会|将会?|马上|立即|立刻|稍后|尽快|一定|保证|承诺)(?:把[^，。；！？]{0,16}?|为|给|向|全额|全部|全数|如数|逐笔|统一|一律|原路|帮|您|你|把|自动|尽快|直接|安排|办理|予以|进行|\S{0,4}费用?|这笔|该笔|\s){0,5}"
    r"(?:退款|退还|退回|退费|返还|补偿|赔偿|补回|退给您|退到|补给您)"
    r"|(?:退款|费用|金额|补偿|款项|余额)(?:将|会|马上|稍后|很快|预计)(?:会|在|于|\S{0,8}){0,3}(?:到账|退回|退还|返还|入账|补回|发放)"
    r"|(?:全部|全额|如数|一律|统一)(?:给予|予以|进行|办理)?(?:退款|退还|退费|返还|赔偿|补偿)(?:给|[，。；！？\s]|$)"
    r"|您?(?:会|将)(?:会)?(?:收到|得到|获得)(?:一笔|全额|相应的?|我们的)?(?:退款|补偿|赔偿|返还)"
)
# Asking for it, checking it, and what hangs on the outcome promise nothing.
_HARMLESS = re2.compile(
    r"(?i)\b(?:ask|request|apply|check|look|see|decide)\s+(?:\w+\s+){0,3}?(?:for|whether|if)\b[^.;!?]*"
    r"|\bcredit\s+cards?\b|\breservations?\b[^.;!?]*|(?:稍后)?会?(?:退回|退还|返还)的预扣|预扣[^。；！？，]*|(?:申请|核查|核实|确认|判断|评估)(?:是否|能否)?(?:可以|需要|应)?(?:退款|补偿|退还|退费)"
)
_NO_PROMISE = re2.compile(
    r"(?i)\b(?:if|unless|once|when|whether|cannot|can't|not|never|no|until|might|may|could|usually|often|normally|generally)\b"
    r"|n['’]t\b"
    r"|如果|若|是否|能否|一旦|无法|不能|不会|不予|未|没有|暂不|尚|批准后|核实后|确认后|可能|一般|通常|往往|多数"
)


def money_objections(text: tuple[Sentence, ...]) -> Iterator[Objection]:
    for sentence in text:
        said = blanked(_HARMLESS, sentence.text)
        for pattern in (_PROMISE, _ZH_PROMISE):
            for found in pattern.finditer(said):
                if not _NO_PROMISE.search(said[: found.end()]):
                    place = Span(sentence.start + found.start(), sentence.start + found.end())
                    yield Objection(PROMISES_MONEY, place, REASON, SUGGESTION)
