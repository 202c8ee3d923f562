"""Nothing invented: figures, addresses and people that nobody can vouch for."""

from collections.abc import Container, Iterator
from typing import Any

import re2

from ..verdict import Words
from .article_draft import Draft, Failure
from .article_wording import without_code

_FIGURE = re2.compile(
    r"(?i)(?:[$€£¥￥]\s*\d+(?:[.,]\d+)?"
    r"|\b\d+(?:[.,]\d+)?\s*(?:-|–|to|至|到|~)?\s*(?:\d+(?:[.,]\d+)?\s*)?"
    r"(?:%|percent\b|usd\b|eur\b|cny\b|rmb\b|dollars?\b|cents?\b|ms\b|milliseconds?\b|sec(?:ond)?s?\b|min(?:ute)?s?\b|h\b"
    r"|hours?\b|days?\b|weeks?\b|months?\b|years?\b|[kmgt]i?b\b|tokens?\b|requests?\b|customers?\b|users?\b|times\s+(?:faster"
    r"|cheaper)|x\s+(?:faster|cheaper)|pixels?\b"
    r"|美元|人民币|元|毫秒|秒|分钟|小时|天|周|个月|年|倍|像素|个?(?:用户|客户|请求|token)|次请求|万|亿))"
)
_ADDRESS = re2.compile(r"(?i)\bhttps?://([a-z0-9.-]+|\[[0-9a-f:]+\])")
_BARE_HOST = re2.compile(
    r"(?i)\b((?:[a-z0-9-]+\.)+(?:com|net|org|io|ai|cn|dev|app|cloud|chat|co|tech|top|xyz|site))\b"
)
_IP = re2.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_DOCUMENTED_IP = ("127.0.0.1", "0.0.0.0", "192.0.2.", "198.51.100.", "203.0.113.")  # noqa: S104  # only compared
_DOCUMENTED_HOST = re2.compile(
    r"(?i)(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$|^schema\.org$"
)
_PROFILE = re2.compile(
    r"\b(?:[Oo]ur|[Tt]he|[Ss]enior|[Ll]ead)\s+(?:\w+\s+)?(?:expert|engineer|specialist|consultant|founder|scientist|doctor"
    r"|manager)s?,?\s+(?:[A-Z][a-z]+)\b|\b(?:Dr|Prof|Mr|Mrs|Ms)\.\s*[A-Z][a-z]+"
    r"|(?i)\b(?:trusted\s+by|loved\s+by|award.winning|industry.leading|world.class|years\s+of\s+experience"
    r"|certified\s+(?:experts?|engineers?)|customers?\s+(?:say|love|report\s+that)|testimonials?|as\s+seen\s+(?:in|on))\b"
    r"|资深专家|权威专家|金牌|行业领先|业界领先|全球领先|多年经验|用户好评|客户好评|权威认证|独家|首席\p{Han}{1,6}|\p{Han}{1,3}(?:博士|教授|工程师)(?:表示|介绍|说)"
)
_NO_FIGURE = Words(
    "Nothing in the evidence vouches for this figure; describe it without a number.",
    "这个数字没有依据；请不用数字描述。",
)
_NO_ADDRESS = Words(
    "This address is neither ours nor one kept for examples; use api.example.com.",
    "这个地址既不是我们的，也不是示例地址；请用 api.example.com。",
)
_NO_PROFILE = Words(
    "This presents a person or a praise that nobody can check; leave it out.",
    "这里出现了无法核实的人物或赞誉；请删去。",
)


def invention_failures(draft: Draft, *, hosts: Container[str]) -> Iterator[Failure]:
    for language, version in draft.versions.items():
        for name, text in version.texts():
            said = without_code(text)
            for figure in _found(_FIGURE, said):
                if figure not in draft.figures:
                    yield Failure(language, name, figure, _NO_FIGURE)
            for address in _addresses(text):
                if address not in hosts and not _DOCUMENTED_HOST.search(address):
                    yield Failure(language, name, address, _NO_ADDRESS)
            for number in _found(_IP, text):
                if not number.startswith(_DOCUMENTED_IP):
                    yield Failure(language, name, number, _NO_ADDRESS)
            for profile in _found(_PROFILE, said):
                yield Failure(language, name, profile, _NO_PROFILE)


def _found(pattern: Any, text: str) -> list[str]:
    return [found.group().strip() for found in pattern.finditer(text)]


def _addresses(text: str) -> list[str]:
    """Each host once, whether a whole address or its bare name stands there."""
    whole = [str(host).lower() for host in _ADDRESS.findall(text)]
    bare = [str(host).lower() for host in _BARE_HOST.findall(text)]
    return list(dict.fromkeys(host for host in whole + bare if not _IP.fullmatch(host)))
