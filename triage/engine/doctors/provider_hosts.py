"""Public API addresses of providers, the pages people mistake for them, and what a key's shape tells.

Paths are written without a trailing slash. Sources: the providers' own quick-start and base-URL pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ProviderHost:
    """`openai` is the path that OpenAI-style clients need; `others` are right for other clients."""

    vendor: str
    openai: str
    anthropic: str | None = None
    others: tuple[str, ...] = ()

    def takes(self, path: str, *, openai_client: bool) -> bool:
        if path == self.openai or path.startswith("/api/coding/"):
            return True
        if openai_client and self.vendor != "deepseek":
            return False
        return path == self.anthropic or path in self.others


_ZHIPU = ("/api/paas/v4", "/api/anthropic", ("/api/coding/paas/v4",))
_BAILIAN = ("/compatible-mode/v1", "/apps/anthropic", ("/api/v1",))

HOSTS: Mapping[str, ProviderHost] = MappingProxyType(
    {
        "api.openai.com": ProviderHost("openai", "/v1"),
        "api.anthropic.com": ProviderHost("anthropic", "/v1", ""),
        "generativelanguage.googleapis.com": ProviderHost("google", "/v1beta/openai", None, ("", "/v1beta")),
        "api.deepseek.com": ProviderHost("deepseek", "/v1", "/anthropic", ("", "/beta")),
        "api.moonshot.cn": ProviderHost("moonshot", "/v1", "/anthropic"),
        "api.moonshot.ai": ProviderHost("moonshot", "/v1", "/anthropic"),
        "api.kimi.com": ProviderHost("moonshot", "/coding/v1", "/coding"),
        "open.bigmodel.cn": ProviderHost("zhipu", *_ZHIPU),
        "api.z.ai": ProviderHost("zhipu", *_ZHIPU),
        "dashscope.aliyuncs.com": ProviderHost("dashscope", *_BAILIAN),
        "dashscope-intl.aliyuncs.com": ProviderHost("dashscope", *_BAILIAN),
        "dashscope-us.aliyuncs.com": ProviderHost("dashscope", *_BAILIAN),
        "coding.dashscope.aliyuncs.com": ProviderHost("dashscope", "/v1", "/apps/anthropic"),
        "coding-intl.dashscope.aliyuncs.com": ProviderHost("dashscope", "/v1", "/apps/anthropic"),
        "ark.cn-beijing.volces.com": ProviderHost("ark", "/api/v3", "/api/coding", ("/api/coding/v3",)),
        "api.siliconflow.cn": ProviderHost("siliconflow", "/v1", ""),
        "api.siliconflow.com": ProviderHost("siliconflow", "/v1", ""),
        "api.minimax.chat": ProviderHost("minimax", "/v1"),
        "api.minimaxi.com": ProviderHost("minimax", "/v1", "/anthropic"),
        "api.minimax.io": ProviderHost("minimax", "/v1", "/anthropic"),
        "api.groq.com": ProviderHost("groq", "/openai/v1"),
        "openrouter.ai": ProviderHost("openrouter", "/api/v1", "/api"),
        "api.mistral.ai": ProviderHost("mistral", "/v1"),
        "api.x.ai": ProviderHost("xai", "/v1", ""),
        "api.perplexity.ai": ProviderHost("perplexity", ""),
        "api.cohere.com": ProviderHost("cohere", "/compatibility/v1", None, ("", "/v1", "/v2")),
        "api.together.xyz": ProviderHost("together", "/v1"),
        "api.fireworks.ai": ProviderHost("fireworks", "/inference/v1"),
        "integrate.api.nvidia.com": ProviderHost("nvidia", "/v1"),
        "api.hunyuan.cloud.tencent.com": ProviderHost("hunyuan", "/v1"),
        "qianfan.baidubce.com": ProviderHost("qianfan", "/v2"),
        "api.stepfun.com": ProviderHost("stepfun", "/v1"),
        "api.lingyiwanwu.com": ProviderHost("yi", "/v1"),
        "router.huggingface.co": ProviderHost("huggingface", "/v1"),
    }
)

# Web pages that are opened in a browser, and the API host that people mean by them.
PAGES: Mapping[str, str] = MappingProxyType(
    {
        "openai.com": "api.openai.com",
        "www.openai.com": "api.openai.com",
        "platform.openai.com": "api.openai.com",
        "chat.openai.com": "api.openai.com",
        "chatgpt.com": "api.openai.com",
        "claude.ai": "api.anthropic.com",
        "www.anthropic.com": "api.anthropic.com",
        "console.anthropic.com": "api.anthropic.com",
        "platform.claude.com": "api.anthropic.com",
        "aistudio.google.com": "generativelanguage.googleapis.com",
        "gemini.google.com": "generativelanguage.googleapis.com",
        "ai.google.dev": "generativelanguage.googleapis.com",
        "deepseek.com": "api.deepseek.com",
        "www.deepseek.com": "api.deepseek.com",
        "chat.deepseek.com": "api.deepseek.com",
        "platform.deepseek.com": "api.deepseek.com",
        "platform.moonshot.cn": "api.moonshot.cn",
        "platform.moonshot.ai": "api.moonshot.ai",
        "bigmodel.cn": "open.bigmodel.cn",
        "www.bigmodel.cn": "open.bigmodel.cn",
        "z.ai": "api.z.ai",
        "bailian.console.aliyun.com": "dashscope.aliyuncs.com",
        "console.volcengine.com": "ark.cn-beijing.volces.com",
        "cloud.siliconflow.cn": "api.siliconflow.cn",
        "console.groq.com": "api.groq.com",
        "console.mistral.ai": "api.mistral.ai",
        "console.x.ai": "api.x.ai",
    }
)

# One provider, two addresses: pay as you go and coding plan, each with its own allowance.
PLAN_TWINS: Mapping[str, str] = MappingProxyType(
    {
        "https://open.bigmodel.cn/api/paas/v4": "https://open.bigmodel.cn/api/coding/paas/v4",
        "https://api.z.ai/api/paas/v4": "https://api.z.ai/api/coding/paas/v4",
        "https://ark.cn-beijing.volces.com/api/v3": "https://ark.cn-beijing.volces.com/api/coding/v3",
        "https://dashscope.aliyuncs.com/compatible-mode/v1": "https://coding.dashscope.aliyuncs.com/v1",
        "https://dashscope-intl.aliyuncs.com/compatible-mode/v1": "https://coding-intl.dashscope.aliyuncs.com/v1",
        "https://api.moonshot.cn/v1": "https://api.kimi.com/coding/v1",
    }
)
PAY_AS_YOU_GO: Mapping[str, str] = MappingProxyType({coding: usual for usual, coding in PLAN_TWINS.items()})

# Only prefixes that belong to one vendor: a bare `sk-` is used by many vendors and by every relay.
KEY_VENDORS: tuple[tuple[str, str], ...] = (
    ("sk-ant-", "anthropic"),
    ("sk-or-", "openrouter"),
    ("sk-proj-", "openai"),
    ("sk-svcacct-", "openai"),
    ("sk-admin-", "openai"),
    ("sk-kimi-", "moonshot"),
    ("sk-sp-", "dashscope"),
    ("nvapi-", "nvidia"),
    ("pplx-", "perplexity"),
    ("AIza", "google"),
    ("gsk_", "groq"),
    ("xai-", "xai"),
    ("hf_", "huggingface"),
)
CODING_PLAN_KEYS = ("sk-sp-", "sk-kimi-")
VENDOR_HOSTS: Mapping[str, str] = MappingProxyType(
    {host.vendor: name for name, host in reversed(list(HOSTS.items()))}
)


def vendor_of_key(key: str) -> str:
    """The vendor that a key's (or masked key's) first characters belong to, or "" where many share them."""
    return next((vendor for prefix, vendor in KEY_VENDORS if key.startswith(prefix)), "")
