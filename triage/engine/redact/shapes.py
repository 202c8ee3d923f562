"""Secrets that are known by their own shape. A new vendor is one line in SHAPES."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .hit import Hit, Rank
from .judge import is_placeholder
from .pattern import compiled

_T = r"[A-Za-z0-9_\-]"
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@dataclass(frozen=True, slots=True)
class Shape:
    """`prefix` stays visible; `body` is an RE2 pattern for the rest; `prefixes` are others of the vendor."""

    kind: str
    prefix: str
    body: str
    prefixes: tuple[str, ...] = ()


SHAPES = (
    Shape("anthropic_key", "sk-ant-", rf"{_T}{{16,}}",
          ("sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-ort01-")),
    Shape("openrouter_key", "sk-or-", rf"{_T}{{16,}}", ("sk-or-v1-",)),
    Shape("openai_key", "sk-proj-", rf"{_T}{{16,}}", ("sk-svcacct-", "sk-admin-", "sk-None-")),
    Shape("minimax_key", "sk-api-", rf"{_T}{{16,}}", ("sk-cp-",)),
    Shape("langfuse_key", "sk-lf-", rf"{_T}{{16,}}", ("pk-lf-",)),
    Shape("api_key", "sk-", rf"{_T}{{16,}}"),
    Shape("openai_session", "sess-", r"[A-Za-z0-9]{32,}"),
    Shape("google_key", "AIza", rf"{_T}{{30,}}"),
    Shape("google_key", "AQ.", rf"{_T}{{24,}}"),
    Shape("google_oauth", "ya29.", r"[A-Za-z0-9_\-.]{20,}", ("GOCSPX-", "1//0")),
    Shape("aws_access_key", "AKIA", r"[A-Z0-9]{16}\b", ("ASIA", "ABIA", "ACCA", "A3T")),
    Shape("aws_bedrock_key", "ABSK", r"[A-Za-z0-9+/=_\-]{32,}", ("bedrock-api-key-",)),
    Shape("azure_secret", "", r"[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.\-]{24,}"),
    Shape("groq_key", "gsk_", r"[A-Za-z0-9]{20,}"),
    Shape("xai_key", "xai-", r"[A-Za-z0-9]{20,}"),
    Shape("perplexity_key", "pplx-", r"[A-Za-z0-9]{20,}"),
    Shape("nvidia_key", "nvapi-", rf"{_T}{{20,}}"),
    Shape("huggingface_token", "hf_", r"[A-Za-z0-9]{20,}", ("api_org_",)),
    Shape("replicate_token", "r8_", r"[A-Za-z0-9]{20,}"),
    Shape("cerebras_key", "csk-", r"[A-Za-z0-9]{20,}"),
    Shape("fal_key", "", rf"{_UUID}:[0-9a-f]{{32}}"),
    Shape("deepl_key", "", rf"{_UUID}:fx"),
    Shape("elevenlabs_key", "sk_", r"[0-9a-f]{32,}"),
    Shape("stripe_key", "sk_live_", r"[A-Za-z0-9]{10,}",
          ("sk_test_", "rk_live_", "rk_test_", "sk_prod_", "rk_prod_")),
    Shape("webhook_secret", "whsec_", r"[A-Za-z0-9+/=_\-]{16,}"),
    Shape("zhipu_key", "", r"[0-9a-f]{32}\.[A-Za-z0-9]{14,}"),
    Shape("volcengine_key", "AKLT", r"[A-Za-z0-9+/=_\-]{16,}", ("AKTP",)),
    Shape("tencent_key", "AKID", r"[A-Za-z0-9]{28,}"),
    Shape("aliyun_key", "LTAI", r"[A-Za-z0-9]{12,30}", ("STS.",)),
    Shape("baidu_key", "bce-v3/ALTAK-", r"[A-Za-z0-9]{16,}/[0-9a-f]{32,}", ("ALTAK-",)),
    Shape("modelscope_token", "ms-", _UUID),
    Shape("dify_key", "app-", r"[A-Za-z0-9]{24}\b", ("dataset-",)),
    Shape("fastgpt_key", "fastgpt-", r"[A-Za-z0-9]{20,}"),
    Shape("coze_token", "pat_", r"[A-Za-z0-9]{40,}", ("cztei_", "czs_")),
    Shape("jina_key", "jina_", rf"{_T}{{20,}}"),
    Shape("voyage_key", "pa-", rf"{_T}{{40,}}"),
    Shape("together_key", "tgp_v1_", rf"{_T}{{20,}}"),
    Shape("fireworks_key", "fw_", r"[A-Za-z0-9]{20,}"),
    Shape("anyscale_key", "esecret_", r"[A-Za-z0-9]{20,}"),
    Shape("tavily_key", "tvly-", rf"{_T}{{16,}}"),
    Shape("firecrawl_key", "fc-", r"[0-9a-f]{32}\b"),
    Shape("langsmith_key", "lsv2_", r"(?:pt|sk)_[A-Za-z0-9_]{20,}", ("ls__",)),
    Shape("luma_key", "luma-", _UUID),
    Shape("runway_key", "key_", r"[0-9a-f]{64,}"),
    Shape("mailgun_key", "key-", r"[0-9a-f]{32}\b"),
    Shape("github_token", "ghp_", r"[A-Za-z0-9]{20,}", ("gho_", "ghu_", "ghs_", "ghr_")),
    Shape("github_token", "github_pat_", r"[A-Za-z0-9_]{20,}"),
    Shape("gitlab_token", "glpat-", r"[A-Za-z0-9_\-.]{16,}",
          ("glptt-", "gldt-", "glrt-", "glcbt-", "gloas-", "glsoat-", "glffct-")),
    Shape("slack_token", "xoxb-", r"[A-Za-z0-9\-]{10,}",
          ("xoxa-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xapp-")),
    Shape("webhook_url", "hooks.slack.com/services/", r"[A-Za-z0-9/+]{20,}", ("hooks.slack.com/workflows/",)),
    Shape("webhook_url", "bot/v2/hook/", _UUID, ("webhook/send?key=",)),
    Shape("webhook_url", "discord.com/api/webhooks/", rf"[0-9]+/{_T}{{30,}}",
          ("discordapp.com/api/webhooks/",)),
    Shape("sendgrid_key", "SG.", rf"{_T}{{16,}}\.{_T}{{16,}}"),
    Shape("telegram_token", "", r"[0-9]{6,12}:A[A-Za-z0-9_\-]{32,40}"),
    Shape("twilio_key", "SK", r"[0-9a-f]{32}\b"),
    Shape("npm_token", "npm_", r"[A-Za-z0-9]{30,}"),
    Shape("pypi_token", "pypi-", rf"{_T}{{40,}}"),
    Shape("docker_token", "dckr_pat_", rf"{_T}{{20,}}", ("dckr_oat_",)),
    Shape("digitalocean_token", "dop_v1_", r"[0-9a-f]{40,}", ("doo_v1_", "dor_v1_")),
    Shape("databricks_token", "dapi", r"[0-9a-f]{32}(?:-[0-9])?\b"),
    Shape("linear_key", "lin_api_", r"[A-Za-z0-9]{30,}"),
    Shape("notion_token", "ntn_", r"[A-Za-z0-9]{30,}"),
    Shape("notion_token", "secret_", r"[A-Za-z0-9]{40,}"),
    Shape("shopify_token", "shpat_", r"[0-9a-fA-F]{32}", ("shpca_", "shppa_", "shpss_")),
    Shape("figma_token", "figd_", rf"{_T}{{30,}}"),
    Shape("sentry_token", "sntrys_", r"[A-Za-z0-9_\-=+/]{30,}", ("sntryu_",)),
    Shape("grafana_token", "glsa_", r"[A-Za-z0-9_\-=+/]{30,}", ("glc_",)),
    Shape("supabase_key", "sbp_", r"[0-9a-f]{40}", ("sb_secret_",)),
    Shape("vault_token", "hvs.", rf"{_T}{{24,}}", ("hvb.",)),
    Shape("terraform_token", "", rf"[A-Za-z0-9]{{14}}\.atlasv1\.{_T}{{40,}}"),
    Shape("pulumi_token", "pul-", r"[0-9a-f]{40}"),
    Shape("vercel_token", "vck_", r"[A-Za-z0-9]{20,}", ("vcp_",)),
    Shape("cursor_key", "crsr_", r"[0-9a-f]{40,}"),
    Shape("sourcegraph_token", "sgp_", r"[A-Za-z0-9_]{40,}"),
    Shape("atlassian_token", "ATATT3", r"[A-Za-z0-9_\-=+/.]{40,}"),
    Shape("posthog_key", "phx_", r"[A-Za-z0-9]{30,}"),
    Shape("age_key", "AGE-SECRET-KEY-1", r"[0-9A-Z]{40,}"),
    Shape("square_token", "sq0atp-", rf"{_T}{{20,}}", ("sq0csp-",)),
    Shape("jwt", "eyJ", r"[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-=]{8,}(?:\.[A-Za-z0-9_\-=]*)*"),
)  # fmt: skip

# A key may follow anything but a letter or digit. An escaped newline, a percent escape, a colour code and a
# scheme glued to the key end in a letter or digit and still are an edge.
EDGE = (
    r"(?:^|[^A-Za-z0-9]|\\[nrtbf]|\\u00[0-9a-fA-F]{2}|%[0-9A-Fa-f]{2}|\[[0-9;]*m"
    r"|(?i:bearer|key|token|bot|basic))"
)


def _pattern(shape: Shape) -> str:
    prefixes = "|".join(re.escape(prefix) for prefix in (shape.prefix, *shape.prefixes))
    if shape.prefix == "A3T":
        prefixes = "A3T[A-Z0-9]"
    return f"(?:{prefixes}){shape.body}"


PATTERN = f"{EDGE}({'|'.join(_pattern(shape) for shape in SHAPES)})"
_COMPILED = compiled(PATTERN)
_KINDS = {prefix: shape.kind for shape in SHAPES for prefix in (shape.prefix, *shape.prefixes) if prefix}
_LENGTHS = sorted({len(prefix) for prefix in _KINDS}, reverse=True)
_BARE_KINDS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"{_UUID}:fx", "deepl_key"),
        (rf"{_UUID}:", "fal_key"),
        (r"[0-9a-f]{32}\.", "zhipu_key"),
        (r"[0-9]{6,12}:A", "telegram_token"),
        (r".{3}[0-9]Q~", "azure_secret"),
        (r".{14}\.atlasv1", "terraform_token"),
    )
)


def find_shapes(text: str) -> Iterator[Hit]:
    for match in _COMPILED.finditer(text):
        start = match.start(1)
        word = match[1].rstrip(".")
        if not is_placeholder(word):
            yield Hit(kind_of(word), start, start + len(word), Rank.SHAPE)


def kind_of(word: str) -> str:
    if prefix := shown_prefix(word):
        return _KINDS[prefix]
    return next((kind for pattern, kind in _BARE_KINDS if pattern.match(word)), "api_key")


def shown_prefix(secret: str) -> str:
    """What may stay visible of a secret: the part that every key of this vendor has. The longest that fits."""
    return next((secret[:length] for length in _LENGTHS if secret[:length] in _KINDS), "")
