"""The layers that can refuse for pace, and what to tell the customer about each."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ..verdict import Words


class Layer(StrEnum):
    """Whose limit was reached."""

    CUSTOMER = "customer"
    KEY = "key"
    GROUP = "group"
    GATEWAY = "gateway"
    PROVIDER = "provider"
    CAPACITY = "capacity"
    UNKNOWN = "unknown"
    NONE = "none"  # no limit at all; only the key of a sentence, never an answer


class Never(StrEnum):
    """Why waiting does not help."""

    NO = ""
    NOT_IN_PLAN = "not_in_plan"
    TOO_LARGE = "too_large"
    MONEY = "money"


LAYER_WORDS: Mapping[Layer, Words] = MappingProxyType(
    {
        Layer.CUSTOMER: Words(
            "Your own account's limit was reached: requests, tokens or parallel calls in one time window.",
            "触发的是您自己账户的限速：单位时间内的请求数、token 数或并发数达到上限。",
        ),
        Layer.KEY: Words("The limit set for this key was reached.", "触发的是这个密钥单独设置的限速。"),
        Layer.GROUP: Words(
            "The limit of your key's group was reached; everyone in the group shares it.",
            "触发的是密钥所在分组的限速，该分组的用户共用这一上限。",
        ),
        Layer.GATEWAY: Words(
            "The gateway itself held the request back, before any provider saw it.",
            "请求在网关侧就被拦下了，没有到达上游供应商。",
        ),
        Layer.PROVIDER: Words(
            "The upstream provider is limiting the gateway's traffic; your own limits were not the reason.",
            "是上游供应商在限制网关的流量，不是您自己的额度或限速造成的。",
        ),
        Layer.CAPACITY: Words(
            "The provider is short of capacity for this model right now; nothing is wrong with the request.",
            "上游供应商该模型当前算力不足，请求本身没有问题。",
        ),
        Layer.UNKNOWN: Words(
            "A rate limit was reached, but not whose can be told; the full response body and headers would.",
            "触发了限速，但从现有内容看不出是哪一层的限制；完整的响应正文和响应头可以说明。",
        ),
        Layer.NONE: Words("Nothing here speaks of a rate limit.", "这里没有限速的迹象。"),
    }
)

NEVER_WORDS: Mapping[Never, Words] = MappingProxyType(
    {
        Never.NOT_IN_PLAN: Words(
            "Waiting does not help: the plan has no allowance for this model. Choose another one.",
            "等待没有用：当前套餐不含该模型的用量，请换模型或升级套餐。",
        ),
        Never.TOO_LARGE: Words(
            "Waiting does not help: this request alone exceeds the limit. Shorten it or lower max_tokens.",
            "等待没有用：单次请求已超过限速上限，请缩短输入或调低 max_tokens。",
        ),
        Never.MONEY: Words(
            "Waiting does not help: this is about balance or billing, not about pace.",
            "等待没有用：这是余额或账单问题，不是请求太快。",
        ),
    }
)

BARE_WAIT = Words(
    "No waiting time was given: retry with growing, random pauses, and stop after a few tries.",
    "响应里没有给出等待时间：请逐次加长间隔并加随机量重试，几次不成就停下。",
)


def waiting(seconds: int) -> Words:
    if seconds == 0:
        return Words("The next try may start at once.", "现在就可以重试。")
    return Words(f"Wait {_english(seconds)} before the next try.", f"请等待{_chinese(seconds)}后再试。")


def _english(seconds: int) -> str:
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * size or seconds == size:
            count = -(-seconds // size)
            return f"about {count} {name}s" if seconds % size else f"{count} {name}{'s' * (count > 1)}"
    return f"{seconds} second{'s' * (seconds > 1)}"


def _chinese(seconds: int) -> str:
    for size, name in ((86_400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= 2 * size or seconds == size:
            return f"{'约' * bool(seconds % size)} {-(-seconds // size)} {name}"
    return f" {seconds} 秒"
