"""What is wrong with a model name, in the words a customer reads."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from ..verdict import Words
from .retired_models import RetiredModel


class ModelProblem(StrEnum):
    NONE = ""
    EMPTY = "empty"
    NO_LIST = "no_list"
    STRAY_CHARACTERS = "stray_characters"
    FULL_WIDTH = "full_width"
    CASE = "case"
    CLIENT_ADDITION = "client_addition"
    VENDOR_PREFIX = "vendor_prefix"
    PUNCTUATION = "punctuation"
    ALIAS = "alias"
    DATE_SUFFIX = "date_suffix"
    SPELLING = "spelling"
    RETIRED = "retired"
    NOT_OFFERED = "not_offered"


def explain(
    problem: ModelProblem, name: str, nearest: Sequence[str] = (), retired: RetiredModel | None = None
) -> Words:
    en, zh = [SENTENCES[problem].en], [SENTENCES[problem].zh]
    if retired is not None and not retired.by_maker:
        told = _withdrawn(retired)
        en, zh = [told.en], [told.zh]
    elif retired is not None:
        en.append(f"Its maker's shutdown date for {retired.name} is {retired.date.isoformat()}.")
        zh.append(f"原厂公布的 {retired.name} 下线日期是 {retired.date.isoformat()}。")
        if retired.successor and retired.successor not in nearest:
            en.append(f"The maker names {retired.successor} as successor.")
            zh.append(f"原厂推荐的替代模型是 {retired.successor}。")
    if nearest and problem is not ModelProblem.NONE:
        en.append(f'Use: "model": "{nearest[0]}"')
        zh.append(f'请改为："model": "{nearest[0]}"')
    if len(nearest) > 1:
        en.append(f"Also offered: {', '.join(nearest[1:])}")
        zh.append(f"相近的还有：{'、'.join(nearest[1:])}")
    return Words(" ".join(en), " ".join(zh))


def _withdrawn(retired: RetiredModel) -> Words:
    day = retired.date.isoformat()
    return Words(
        f"The gateway no longer offers {retired.name}; it was withdrawn on {day}.",
        f"网关已不再提供 {retired.name}，下线日期是 {day}。",
    )


SENTENCES: Mapping[ModelProblem, Words] = MappingProxyType(
    {
        ModelProblem.NONE: Words("The model name is right.", "模型名正确。"),
        ModelProblem.EMPTY: Words(
            "The model name is empty. Choose a model in the client's settings.",
            "模型名是空的，请在客户端设置里选择模型。",
        ),
        ModelProblem.NO_LIST: Words(
            "The list of offered models is not known here: GET /v1/models shows what your key may call.",
            "这里没有可用模型列表；用 GET /v1/models 可以查看您的密钥能调用哪些模型。",
        ),
        ModelProblem.STRAY_CHARACTERS: Words(
            "Spaces, quotes or invisible characters were copied along with the model name.",
            "模型名里混入了空格、引号或不可见字符。",
        ),
        ModelProblem.FULL_WIDTH: Words(
            "The model name holds full-width or invisible characters.", "模型名里有全角或不可见字符。"
        ),
        ModelProblem.CASE: Words(
            "Only capital and small letters differ; gateways compare them exactly.",
            "只是大小写不同，网关会严格区分大小写。",
        ),
        ModelProblem.CLIENT_ADDITION: Words(
            "The client adds something to the name that this gateway does not offer.",
            "客户端在模型名上附加了内容，网关没有这个写法。",
        ),
        ModelProblem.VENDOR_PREFIX: Words(
            "The vendor's prefix differs from the one this gateway uses.", "供应商前缀与网关的写法不一致。"
        ),
        ModelProblem.PUNCTUATION: Words(
            "Only hyphens, dots or spaces differ.", "只是连字符、点号或空格不同。"
        ),
        ModelProblem.ALIAS: Words(
            "This is a short or everyday name; the gateway needs the full one.",
            "这是简称或俗称，网关需要完整的模型名。",
        ),
        ModelProblem.DATE_SUFFIX: Words(
            "The version at the end of the name differs from what is offered.",
            "模型名末尾的日期或版本与网关提供的不同。",
        ),
        ModelProblem.SPELLING: Words("The name looks misspelt.", "模型名可能拼写有误。"),
        ModelProblem.RETIRED: Words("This model has been withdrawn by its maker.", "该模型已被原厂下线。"),
        ModelProblem.NOT_OFFERED: Words(
            "This gateway does not offer a model of that name to this key.", "网关没有向这个密钥提供该模型。"
        ),
    }
)
