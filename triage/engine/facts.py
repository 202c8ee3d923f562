"""Facts derived from a text and its evidence: who wrapped the error, whose edge answered."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import re2

from .evidence import Evidence, Layer, Value
from .key_facts import key_and_address_facts
from .pattern import pattern_options

# Wordings by which relay software, edges and hosts give themselves away. The first name found in order wins.
_GATEWAYS: Mapping[str, str] = MappingProxyType(
    {
        "new-api": r"new[_-]?api_error|\bnew-?api\b|bad_response_status_code|insufficient_user_quota|"
        r"get_channel_failed|do_request_failed|pre_consume_token_quota_failed|model_price_error|"
        r"fail_to_fetch_task|\(request id: ?20\d{12}|无可用渠道|当前分组|分组 ?\S{1,30} ?下(?:对于)?模型|"
        r"channel:[a-z_]+|用户额度|令牌额度|该令牌|无权访问 ?\S{1,30} ?分组",
        "one-api": r"one_?api_error|\bone-?api\b|上游负载已饱和",
        "litellm": r"litellm|No deployments available|ExceededBudget|LiteLLM_VerificationToken",
        "openrouter": r"openrouter|\bsk-or-|Provider returned error|No endpoints found",
        "portkey": r"portkey",
        "vercel": r"ai-gateway\.vercel|vercel ai gateway|GatewayInternalServerError|vercel_gateway",
        "cloudflare-ai-gateway": r"gateway\.ai\.cloudflare",
        "copilot": r"githubcopilot|copilot-proxy",
        "relay": r"\bcrs\b|claude[- ]relay|sub2api|cc-?switch|claude-code-router|cli-?proxy-?api|gpt-load|"
        r"\bveloera\b|done-?hub|uni-?api|\bvoapi\b|rix_?api|shell_?api|中转|\brelay\b|reseller|聚合",
    }
)
_EDGES: Mapping[str, str] = MappingProxyType(
    {
        "cloudflare": r"cloudflare|\bcf-ray\b|\bcf_chl|cf-error|"
        r"error code:? ?(?:52\d|10\d\d)\b|just a moment\.\.\.",
        "openresty": r"openresty",
        "nginx": r"<center>nginx|server: ?nginx|\bnginx/\d|nginx",
        "cloudfront": r"cloudfront",
        "aws-elb": r"awselb|server: ?awselb",
        "tengine": r"tengine",
        "caddy": r"server: ?caddy|\bcaddy\b",
        "traefik": r"traefik",
        "envoy": r"server: ?envoy|upstream connect error|upstream_reset_before_response|no healthy upstream",
        "apache": r"apache/\d|<address>apache",
        "google": r"server: ?gfe|error \d{3} \(.{1,40}\)!!1",
        "fastly": r"fastly|varnish cache server",
    }
)
_PAGE = r"<!doctype html|<html[\s>]|<head[\s>]|<title>|<center>|unexpected token '?<|<h1>"
_SUCCESS = (
    r"HTTP/[12](?:\.[01])? 200|\b200 OK\b|(?:status|状态码|http|code)\W{0,4}200\b|\"code\": ?200\b|"
    r"\"success\": ?true|\bSUCCEED\b|请求(?:返回)?成功|返回 ?200|returns? 200"
)
_OWN_HOST = (
    r"\blocalhost\b|\b127\.0\.0\.1\b|\b0\.0\.0\.0\b|\b192\.168\.\d{1,3}\.\d{1,3}\b|\b10\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|"
    r"\b172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}\b|host\.docker\.internal|\[::1\]|://[a-z0-9-]+\.(?:local|lan|internal)\b"
)
_WRAPPER = re.compile(
    r"\s*(?:openai_error|bad_response_status_code|provider\s+returned\s+error|upstream (?:request failed|error)|"
    r"bad response status code \d*|upstream_error|error from provider|an error occurred|unknown error|"
    r"上游(?:返回)?(?:错误|请求失败)|请求上游(?:地址)?失败)\W{0,3}(?:\(request id:[^)]*\))?\s*\Z",
    re.IGNORECASE,
)
_DURATION = (
    r"(?:after|in|within|exactly|about|around|timeout(?: of)?|timed out|"
    r"超时|每次|都是|刚好|正好|固定|大约|约|满|到)\W{0,3}"
    r"(?:(?:exactly|about|around|roughly|exceeded) )?(\d{1,6}(?:\.\d{1,3})?) ?"
    r"(ms|milliseconds?|s|secs?|seconds?|min|minutes?|秒钟?|分钟|毫秒)(?:[^a-z]|$)"
)
_UNITS = {"ms": 0.001, "mil": 0.001, "毫": 0.001, "m": 60, "分": 60}  # the first that a unit starts with
ROUND_SECONDS = frozenset({10, 25, 30, 60, 90, 100, 120, 180, 240, 300, 600})

_NAMED = (
    *((f"gateway:{name}", pattern) for name, pattern in _GATEWAYS.items()),
    *((f"edge:{name}", pattern) for name, pattern in _EDGES.items()),
    ("page", _PAGE),
    ("success", _SUCCESS),
    ("own_host", _OWN_HOST),
    ("duration", _DURATION),
)


def derive_facts(
    text: str, utf8: bytes, evidence: Evidence, values: Mapping[str, object]
) -> dict[str, Value]:
    """`text` is the folded text, `utf8` the same; `values` holds evidence fields and `context.…` values."""
    seen = {_NAMED[index][0] for index in _SET.Match(utf8) or ()}
    facts: dict[str, Value] = {
        "fact.told_only": not evidence.machine and not evidence.layers,
        "fact.layers": len(evidence.layers),
        "fact.wrapped": bool(evidence.layers) and _WRAPPER.match(evidence.layers[0].message) is not None,
        "fact.html_page": "page" in seen,
        "fact.own_host": "own_host" in seen,
        "fact.length": len(text),
    }
    facts.update(_named(seen, "gateway", _GATEWAYS) | _named(seen, "edge", _EDGES))
    facts.update(_statuses(evidence.layers))
    facts["fact.outer_success"] = _outer_success(evidence, facts, "success" in seen)
    if "duration" in seen and (seconds := _round_duration(text)):
        facts["fact.round_duration"] = seconds
    facts.update(_model_facts(values))
    facts.update(key_and_address_facts(text, values))
    return facts


def _named(seen: set[str], kind: str, names: Iterable[str]) -> dict[str, Value]:
    found = next((name for name in names if f"{kind}:{name}" in seen), None)
    return {f"fact.{kind}": found} if found else {}


def _statuses(layers: tuple[Layer, ...]) -> dict[str, Value]:
    known = [layer.http_status for layer in layers if layer.http_status is not None]
    return {"fact.outer_status": known[0], "fact.inner_status": known[-1]} if known else {}


def _outer_success(evidence: Evidence, facts: Mapping[str, Value], success_seen: bool) -> bool:
    """A success that holds an error: an error envelope below a 200, or an error status inside a success."""
    if not evidence.layers:
        return False
    outer, inner = facts.get("fact.outer_status"), facts.get("fact.inner_status")
    if outer == 200:
        return True
    return success_seen and (inner is None or inner != outer)


def _round_duration(text: str) -> int | None:
    for match in _DURATION_RE.finditer(text):
        unit = match.group(2).lower()
        seconds = float(match.group(1)) * _UNITS.get(
            unit[:3], _UNITS.get(unit[0] if unit != "ms" else "ms", 1)
        )
        if seconds in ROUND_SECONDS:
            return int(seconds)
    return None


def _model_facts(values: Mapping[str, object]) -> dict[str, Value]:
    model = str(values.get("model", "")).casefold()
    facts: dict[str, Value] = {}
    for fact, path in (
        ("fact.model_offered", "context.models"),
        ("fact.model_granted", "context.key.models"),
    ):
        names = values.get(path)
        if model and isinstance(names, tuple):
            facts[fact] = any(name.casefold() == model for name in names)
    return facts


def _compiled() -> "re2.Set":
    options = pattern_options()
    options.max_mem = 16 << 20
    compiled = re2.Set.SearchSet(options)
    for _, pattern in _NAMED:
        compiled.Add(pattern)
    compiled.Compile()
    return compiled


_SET = _compiled()
_DURATION_RE = re.compile(_DURATION, re.IGNORECASE)
