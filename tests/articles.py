"""Articles for tests: whole in both languages, so that the publication check has nothing to say."""

from typing import Any

from tickets.models import FaqEntry, Person
from tickets.services.faq.draft import begin_article

ENGLISH = {
    "title": "404, the address is not right",
    "summary": "The address in the client holds a part twice. Take it out and restart the client.",
    "symptom": "Every call answers 404 at once.",
    "applies_to": "All clients that add the path themselves.",
    "why": "The client adds a part that the address holds already.",
    "fix": ["Take the second part out.", "Restart the client."],
    "check_yourself": "Fetch the list of models.",
    "admin": "Nothing has to be changed.",
    "escalation": "Write to us when the list of models fails as well.",
    "charged": "No. The request reaches no model.",
    "works": "The list of models comes back.",
}
CHINESE = {
    "title": "返回 404，地址填写有误",
    "summary": "客户端里的地址有一段重复。去掉后重启客户端即可。",
    "symptom": "每次调用都立即返回 404。",
    "applies_to": "会自行补全路径的客户端。",
    "why": "客户端会补上地址里已有的一段。",
    "fix": ["去掉重复的一段。", "重启客户端。"],
    "check_yourself": "请求一次模型列表。",
    "admin": "无需改动。",
    "escalation": "模型列表也失败时请联系我们。",
    "charged": "不会，请求没有到达模型。",
    "works": "模型列表正常返回。",
}


def article_content(**more: Any) -> dict[str, Any]:
    return {
        "cause": "endpoint.base_url",
        "codes": [],
        "strings": ["Invalid URL (POST"],
        "related": [],
        "gap": "",
        "texts": {"en": dict(ENGLISH), "zh-hans": dict(CHINESE)},
        **more,
    }


def make_draft(slug: str = "wrong-address", *, by: Person, **more: Any) -> FaqEntry:
    return begin_article(slug, article_content(**more), by=by)
