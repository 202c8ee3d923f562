"""The wordings by which providers and gateways tell which limit was reached."""

from enum import StrEnum

from .phrase_set import PhraseSet


class Sign(StrEnum):
    LIMIT = "limit"
    RELAY = "relay"
    GROUP = "group"
    KEY = "key"
    OWN_AT_GATEWAY = "own_at_gateway"
    ACCOUNT = "account"
    GATEWAY = "gateway"
    UPSTREAM = "upstream"
    CAPACITY = "capacity"
    ZERO = "zero"
    TOO_LARGE = "too_large"
    MONEY = "money"
    QUOTA_WORDS = "quota_words"
    PACE_BY_QUOTA_WORDS = "pace_by_quota_words"
    COUNTS = "counts"


_WORDINGS = {
    Sign.LIMIT: (
        r"\b429\b|\b529\b|too many requests|rate.?limit|throttl|请求过于频繁|请求数?限制|限流|限速",
        r"频率(?:过高|限制)|并发(?:数|量)?(?:过高|超|已达|限制)",
        r"concurren\w* (?:limit|request|connection)",
        r"tokens? per (?:min|day)|requests? per (?:min|day|sec)|\b[RTI]P[MD]\b",
        r"resource.?exhausted",
    ),
    Sign.RELAY: (
        r"(?:new|one)_api_error|\(request id: 20\d{12}|provider returned error|upstream_error",
        r"bad_response_status_code|do_request_failed|upstream request failed|\bchannel ?#?\d",
    ),
    Sign.GROUP: (
        r"\bgroup (?:requests|rate|tokens|rpm|tpm|concurren)|GROUP_(?:RPM|TPM|RATE|CONCURREN)",
        r"分组.{0,6}(?:请求|速率|频率|并发|RPM).{0,8}(?:限制|上限|超)",
    ),
    Sign.KEY: (
        r"rate limit exceeded for (?:api_key|key)\b|limit type: ?(?:api_key|key)",
        r"max_parallel_requests",
        r"(?:this|your|api|per) (?:api )?(?:key|token)(?:'s)? .{0,24}(?:rate|rpm|tpm|concurren)",
        r"(?:令牌|密钥|API ?Key).{0,8}(?:并发|频率|速率|RPM|请求数).{0,6}(?:限制|上限|超)",
    ),
    Sign.OWN_AT_GATEWAY: (
        r"您已达到总?请求数限制|reached the request limit|including failed attempts",
        r"rate limit exceeded for (?:user|team|customer|end_user|organization)\b",
        r"用户.{0,6}(?:并发|请求|频率).{0,6}(?:限制|上限)",
        r"user (?:rate|concurrency|rpm) limit",
    ),
    Sign.ACCOUNT: (
        r"in (?:organization|project) (?:org|proj)",
        r"(?:organization|account|project|workspace|team)'s rate",
        r"(?:enqueued token|account|organization|project|tier|plan) (?:rate |usage )?limit (?:reached|exc)",
        r"rate limit (?:for|of) (?:the|your) (?:account|organization|project|plan|workspace)",
        r"quota exceeded for|free[_ -]tier|free-models-per-|per (?:user|project) per|pricing tier",
        r"exceeded your current (?:quota|requests)|reached (?:max|organization)",
        r"trial (?:key|token)",
        r"EndpointRPM|EndpointTPM|ModelAccount\w+RateLimit|limit_requests|Throttling\.\w*Quota",
        r"usage limit for this period|monthly usage limit|使用上限|调用次数限额",
        r"公平使用策略|账户.{0,8}速率限制",
        r"you have exceeded the (?:maximum )?(?:number of )?(?:tokens|requests|rate)",
    ),
    Sign.GATEWAY: (
        r"no deployments available|all_deployments_in_cooldown|rate_limit_check_failed",
        r"error code: 1015",
        r"当前分组负载已饱和|limiting requests, excess|<h1>429 too many requests",
    ),
    Sign.UPSTREAM: (
        r"rate-limited upstream|upstream.{0,40}(?:429|rate.?limit|saturat)|上游.{0,8}(?:限流|饱和|429)",
        r"limit_source\W{1,4}upstream|provider rate limit|shared pool",
    ),
    Sign.CAPACITY: (
        r"overloaded|out of capacity|no capacity|high demand|capacity exceeded|system_busy|访问量过大",
        r"resource exhausted[.,]? please try|exceeded the provisioned|负载过高|算力不足|\b529\b",
    ),
    Sign.ZERO: (
        r"\blimit: ?0\b|not (?:included|available) in your (?:plan|tier)",
        r"free tier.{0,20}(?:disabled|not avail)",
    ),
    Sign.TOO_LARGE: (r"request too large|must be reduced in order to run|weight_exceeds_budget",),
    Sign.MONEY: (
        r"billing_not_active|credit_balance_exhausted|enforced_spend_limit|欠费|余额不足|充值|recharge",
        r"free allocated quota exceeded|insufficient (?:balance|credit|user_quota)|crossed budget",
    ),
    Sign.QUOTA_WORDS: (r"insufficient_quota|check your plan and billing",),
    Sign.PACE_BY_QUOTA_WORDS: (
        r"RESOURCE_EXHAUSTED|generativelanguage|dashscope|tokens-limit|allocation.?quota",
    ),
    Sign.COUNTS: (r"\blimit:? ?\d[\d,]*\b.{0,60}requested:? ?\d",),
}
SIGNS = PhraseSet((sign, wording) for sign, wordings in _WORDINGS.items() for wording in wordings)
LIMIT_SIGNS = {
    Sign.LIMIT, Sign.GROUP, Sign.KEY, Sign.OWN_AT_GATEWAY, Sign.GATEWAY, Sign.UPSTREAM, Sign.ZERO,
    Sign.TOO_LARGE, Sign.COUNTS, Sign.PACE_BY_QUOTA_WORDS,
}  # fmt: skip
