"""What each base-URL problem means, in the words a customer reads."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ..verdict import Words


class UrlProblem(StrEnum):
    NONE = ""
    NOT_A_URL = "not_a_url"
    STRAY_CHARACTERS = "stray_characters"
    BROKEN_SCHEME = "broken_scheme"
    MISSING_SCHEME = "missing_scheme"
    HTTP = "http"
    CREDENTIALS_IN_URL = "credentials_in_url"
    TRAILING_GARBAGE = "trailing_garbage"
    FULL_PATH = "full_path"
    DOUBLED_V1 = "doubled_v1"
    MISSING_V1 = "missing_v1"
    MAY_NEED_V1 = "may_need_v1"
    EXTRA_V1 = "extra_v1"
    WRONG_PATH = "wrong_path"
    MISSPELT_HOST = "misspelt_host"
    WRONG_HOST_FOR_KEY = "wrong_host_for_key"
    OTHER_PLAN = "other_plan"
    CHAT_PATH_FOR_EMBEDDINGS = "chat_path_for_embeddings"
    CONSOLE_PAGE = "console_page"
    DOCS_PAGE = "docs_page"
    AZURE_DEPLOYMENT = "azure_deployment"
    LOCALHOST_FROM_CONTAINER = "localhost_from_container"


def explain(problems: tuple[UrlProblem, ...], corrected: str, *, twin: str) -> Words:
    """One sentence for each problem, then the line to use."""
    told = [SENTENCES[problem] for problem in problems] or [FINE]
    en, zh = [words.en for words in told], [words.zh for words in told]
    if problems and corrected:
        en.append(f"Use: {corrected}")
        zh.append(f"请改为：{corrected}")
    if twin:
        en.append(f"The provider's other plan has its own address and allowance: {twin}")
        zh.append(f"该供应商的另一种套餐地址不同、额度也不通用：{twin}")
    return Words(" ".join(en), " ".join(zh))


FINE = Words("The base URL looks right.", "Base URL 看起来没有问题。")

SENTENCES: Mapping[UrlProblem, Words] = MappingProxyType(
    {
        UrlProblem.NOT_A_URL: Words(
            "This is not a web address. A base URL starts with https:// and a host name, for example "
            "https://gateway.example/v1",
            "这不是一个网址。Base URL 应以 https:// 加域名开头，例如 https://gateway.example/v1",
        ),
        UrlProblem.STRAY_CHARACTERS: Words(
            "Quotes, spaces, invisible or full-width characters were copied along with the address.",
            "地址里混入了引号、空格、不可见字符或全角字符。",
        ),
        UrlProblem.BROKEN_SCHEME: Words(
            "The beginning of the address is damaged or written twice.", "地址开头的 https:// 写错或重复了。"
        ),
        UrlProblem.MISSING_SCHEME: Words("The https:// in front is missing.", "地址前面缺少 https://。"),
        UrlProblem.HTTP: Words(
            "The address starts with http://. Gateways redirect it, and a redirect can lose the request.",
            "地址用的是 http://，网关会跳转到 https，跳转时请求内容可能丢失。",
        ),
        UrlProblem.CREDENTIALS_IN_URL: Words(
            "A user name or key stands inside the address; the key belongs in the key field.",
            "地址里带了用户名或密钥，密钥应填在密钥栏里。",
        ),
        UrlProblem.TRAILING_GARBAGE: Words(
            "Something that does not belong to a base URL follows after it.",
            "地址后面多了不属于 Base URL 的内容。",
        ),
        UrlProblem.FULL_PATH: Words(
            "The full path of one call was given; the client adds that path itself, so it is sent twice.",
            "填的是完整接口路径；客户端会自己再拼接一次，路径就重复了。",
        ),
        UrlProblem.DOUBLED_V1: Words(
            "The version part (/v1) is in the path twice.", "路径里的版本号（/v1）出现了两次。"
        ),
        UrlProblem.MISSING_V1: Words("The address lacks /v1 at its end.", "地址末尾缺少 /v1。"),
        UrlProblem.MAY_NEED_V1: Words(
            "Most OpenAI-compatible clients need /v1 at the end; some add it themselves. "
            "If calls end in 404 or in a web page, add it.",
            "多数 OpenAI 兼容客户端要求地址以 /v1 结尾，也有的会自动补上。如果返回 404 或网页，请补上 /v1。",
        ),
        UrlProblem.EXTRA_V1: Words(
            "This client adds /v1 itself, so the address must not end in it.",
            "该客户端会自动补 /v1，地址末尾不要再写。",
        ),
        UrlProblem.WRONG_PATH: Words(
            "The host is right, but the path is not the one that this kind of client needs.",
            "域名正确，但路径不是这类客户端需要的。",
        ),
        UrlProblem.MISSPELT_HOST: Words(
            "The host name is one letter away from a known API host.",
            "域名与已知的接口域名只差一个字母，可能写错了。",
        ),
        UrlProblem.WRONG_HOST_FOR_KEY: Words(
            "By its first characters the key belongs to another provider than this address.",
            "从密钥开头看，它属于另一家供应商，与这个地址不匹配。",
        ),
        UrlProblem.OTHER_PLAN: Words(
            "This is a coding-plan key at the pay-as-you-go address; each plan has its own address.",
            "这是编程套餐的密钥，而地址是按量付费的；两种套餐各有各的地址。",
        ),
        UrlProblem.CHAT_PATH_FOR_EMBEDDINGS: Words(
            "An embedding model was sent to the chat path; it needs /embeddings, which clients add.",
            "向量模型被发到了对话接口；它应走 /embeddings，由客户端自行拼接。",
        ),
        UrlProblem.CONSOLE_PAGE: Words(
            "This is a page for people (console, chat or dashboard), not the API.",
            "这是给人看的网页（控制台、聊天页或后台），不是接口地址。",
        ),
        UrlProblem.DOCS_PAGE: Words(
            "This is a documentation or status page; the API address stands in the gateway's console.",
            "这是文档或状态页的地址；接口地址请到网关控制台查看。",
        ),
        UrlProblem.AZURE_DEPLOYMENT: Words(
            "For Azure the endpoint is only the host; deployment and api-version are settings of their own.",
            "Azure 的终结点只填域名；部署名和 api-version 要填在各自的设置项里。",
        ),
        UrlProblem.LOCALHOST_FROM_CONTAINER: Words(
            "Inside a container localhost is the container itself, not the machine it runs on.",
            "在容器里，localhost 指的是容器自己，而不是宿主机。",
        ),
    }
)
