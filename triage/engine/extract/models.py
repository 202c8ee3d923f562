"""Vocabulary: names of models, the provider that makes them, and the type of request they serve."""

import re
from functools import lru_cache

from ..evidence import Reading, Span, Value
from .cue import Cue, Page, run_before

# The words with which names of models begin, followed by what makes them an API name: a hyphen, dot or digit.
_STEMS = (
    "gpt chatgpt claude gemini gemma deepseek qwen qwq qvq glm chatglm cogview cogvideo "
    "cogvideox kimi moonshot doubao "
    "seedance seedream seededit seed llama codellama mistral mixtral ministral magistral codestral devstral pixtral "
    "grok command sonar ernie hunyuan spark baichuan yi step minimax abab text omni davinci code babbage ada dall "
    "tts whisper sora veo imagen kling flux sd sdxl stable midjourney mj suno chirp udio wan wanx hailuo vidu pika "
    "runway gen luma ray ideogram recraft jimeng bge jina rerank voyage nova titan phi "
    "nemotron olmo internlm internvl "
    "paraformer cosyvoice sambert nano longcat mimo ring ling hermes eleven playai computer embedding multimodal "
    "gte aya jamba dbrx falcon vicuna starcoder tongyi sensechat skylark phoenix codex tstars "
    "nomic pixverse speech intern mai trinity raptor viduq z o"
)
_TAILS = {  # an ordinary word is a model's name only with one of its own tails
    "text": r"-(?:embedding|moderation|davinci|bison|curie|babbage|ada)[a-z0-9._-]*",
    "omni": r"-moderation[a-z0-9-]*",
    "code": r"-(?:davinci|cushman|llama)[a-z0-9-]*",
    "command": r"-(?:r|a|light|nightly|xlarge)[a-z0-9-]*",
    "spark": r"-?(?:max|pro|lite|ultra|\d)[a-z0-9.-]*",
    "yi": r"-(?:large|medium|vision|lightning|\d)[a-z0-9.-]*",
    "step": r"-\d[a-z0-9.-]*|-(?:tts|asr|audio|video)[a-z0-9-]*",
    "ray": r"-?\d[a-z0-9.-]*",
    "ring": r"-(?:1|2|flash|lite|mini)[a-z0-9.-]*",
    "ling": r"-(?:1|2|flash|lite|mini|plus)[a-z0-9.-]*",
    "gen": r"-?[34](?:[._a-z-][a-z0-9._-]*)?\b",
    "nova": r"-(?:lite|pro|micro|premier|canvas|reel|sonic|\d)[a-z0-9.-]*",
    "ada": r"-\d+",
    "wan": r"x?-?[12](?:\.\d)?[a-z0-9._-]*",
    "seed": r"-(?:oss|1|2|tts|audio)[a-z0-9.-]*",
    "phi": r"-\d[a-z0-9.-]*",
    "stable": r"-(?:diffusion|image|video|audio)[a-z0-9._-]*",
    "computer": r"-use-[a-z0-9-]+",
    "nano": r"-banana[a-z0-9-]*",
    "o": r"[134](?:-(?:mini|preview|pro|high|low|deep-research|\d{4})[a-z0-9-]*)?\b(?![.])",
    "aya": r"-(?:expanse|vision|\d)[a-z0-9-]*",
    "titan": r"-(?:text|embed|image)[a-z0-9-]*",
    "falcon": r"-\d+b[a-z0-9-]*",
    "phoenix": r"-\d[a-z0-9.]*",
    "jina": r"-(?:embeddings|reranker|clip|colbert|deepsearch)[a-z0-9-]*",
    "dall": r"-e(?: [23]\b|[a-z0-9-]*)",
    "nomic": r"-embed[a-z0-9-]*",
    "speech": r"-\d[\w.]*(?:-(?:hd|turbo))?",
    "intern": r"-s\d[a-z0-9-]*",
    "mai": r"-(?:ds|1|voice|image)[a-z0-9-]*",
    "trinity": r"-(?:large|mini|nano)[a-z0-9-]*",
    "raptor": r"-mini",
    "z": r"-image(?:-[a-z]+)?",
    "eleven": r"_[a-z0-9_]+",
    "multimodal": r"-?embedding[a-z0-9@-]*",
    "embedding": r"-(?:\d|v\d|2|3)[a-z0-9-]*",
}
_TAIL = r"(?:[-_.][a-z0-9]|\d)[a-z0-9._-]{0,80}"
_VARIANT = (
    r"(?:(?::(?:free|beta|nitro|thinking|extended|online|floor|exacto|latest|v?\d{1,"
    r"3}b?[a-z0-9._-]{0,20}))?(?:@[0-9a-z-]{1,20})?)"
)

# As people say it: `Opus 4.5`, `Kimi K2`, `DeepSeek V3`.
_V = r"(?: ?v?\d{1,2}(?:\.\d{1,2})?)"
_SAID: tuple[tuple[str, str], ...] = (
    ("claude", rf"claude (?:(?:opus|sonnet|haiku|instant){_V}?|\d(?:\.\d)?(?: (?:opus|sonnet|haiku))?)"),
    ("opus sonnet haiku", rf"(?:opus|sonnet|haiku){_V}?"),
    ("fable mythos", rf"(?:fable|mythos){_V}"),
    ("gpt chatgpt", r"(?:gpt|chatgpt) ?[345](?:\.\d)?o?(?:[ -](?:turbo|mini|nano|pro|codex|chat))*"),
    (
        "gemini",
        (
            rf"gemini(?:{_V}(?:[ -](?:pro|flash|ultra|nano|lite|preview|exp|image|thinking))*|(?:[ "
            rf"-](?:pro|flash|ultra|nano|lite))+)"
        ),
    ),
    ("deepseek deep", r"deep ?seek[ -]?(?:v\d(?:\.\d)?|r\d)(?: ?(?:flash|pro|terminus|exp|lite))?"),
    ("kimi", r"kimi(?: ?k?\d(?:\.\d)?)(?: ?(?:thinking|turbo|code))?"),
    ("qwen", r"qwen(?: ?\d(?:\.\d)?)?(?:[ -](?:coder|max|plus|turbo|vl|next|omni|image))*(?:[ -]\d{1,3}b)?"),
    ("glm", r"glm[ -]?\d(?:\.\d)?(?:[ -](?:flash|air|plus|turbo|v))?"),
    ("grok", r"grok ?\d(?:\.\d)?(?: (?:fast|mini|code))?"),
    ("llama", r"llama ?\d(?:\.\d)?(?: \d{1,3}b)?"),
    ("mistral", r"mistral (?:large|small|medium|nemo)(?: \d)?"),
    (
        "seedance seedream veo sora kling wan hailuo flux vidu imagen midjourney suno runway",
        (
            rf"(?:seedance|seedream|veo|sora|kling|wan|hailuo|flux|vidu|imagen|midjourney|suno|"
            rf"runway){_V}(?: (?:pro|fast|lite|turbo|dev|schnell|ultra|master|preview))?"
        ),
    ),
    ("nova", r"nova (?:pro|lite|micro|premier|canvas|reel|sonic)"),
    ("nano", r"nano[ -]?banana(?: (?:pro|\d))?"),
    ("minimax", r"minimax[ -]?m\d(?:\.\d)?"),
    ("doubao", r"doubao[ -](?:seed|pro|lite|\d)[\w .-]{0,20}\d"),
    ("豆包", r"豆包 ?\d\.\d"),
)


def _stem(word: str) -> str:
    tail = _TAILS.get(word, _TAIL)
    return rf"({word}(?:{tail}){_VARIANT})"


def _with_vendor(page: Page, reading: Reading) -> Reading | None:
    """`gpt-4o` read at its stem, widened to `openai/gpt-4o` or `us.anthropic.claude-…` where that stands before."""
    if reading.span is None:
        return reading
    reading = _with_edition(page, reading, reading.span.end)
    start, end = (reading.span.start, reading.span.end) if reading.span else (0, 0)
    before = page.low[start - 1 : start]
    if before == "@" or (page.low.startswith("/", end) and f"{reading.value}/".lower() in _VENDORS):
        return None
    if before not in ("/", "."):
        return _within(_tagged(reading)) if before == "-" else _tagged(reading)
    vendor = _VENDOR.search(run_before(page.low, start, _VENDOR_CHARACTERS, 80))
    if vendor is None:
        return reading
    start -= len(vendor.group().rpartition("models/")[2])
    return Reading("model", page.text[start:end], Span(start, end), reading.by, reading.trust)


def _within(reading: Reading) -> Reading:
    """`llama-3.1` inside `hermes-3-llama-3.1`: a part of another name, which says less than the whole."""
    return Reading(reading.field, reading.value, reading.span, reading.by, reading.trust - 0.01)


def _tagged(reading: Reading) -> Reading:
    """`gpt-oss:120b` says more than `gpt-oss`."""
    more = 0.004 if ":" in str(reading.value) else 0.0
    return Reading(reading.field, reading.value, reading.span, reading.by, reading.trust + more)


def _with_edition(page: Page, reading: Reading, end: int) -> Reading:
    """`Qwen3` said in front of `Coder`: both are the name."""
    edition = _EDITION.match(page.low, end)
    if edition is None or reading.span is None or "-" in str(reading.value):
        return reading
    span = Span(reading.span.start, edition.end())
    return Reading("model", page.text[span.start : span.end], span, reading.by, reading.trust)


def _trimmed(found: str) -> Value | None:
    name = found.rstrip(".-_:")
    return None if len(name) < 2 or _FILE.search(name) or _CLIENT.match(name.lower()) else name


_FILE = re.compile(
    (
        r"\.(?:py|js|ts|go|md|json|html?|cn|com|ai|net|org|rs|mjs|dev|io|exceptions?|error|"
        r"types|chat_models|mp4|png)(?::\d+){0,2}$|_(?:exception|error|key|id|name|model|tokens?)"
    ),
    re.IGNORECASE,
)
_CLIENT = re.compile(
    r"^(?:claude-(?:code|cli|desktop|relay|api|proxy)|qwen-code|gemini-cli|codex-(?:cli|"
    r"rs|desktop)|chatgpt-(?:next|on)|gpt-(?:api|load)|llama[._-](?:cpp|index|server)|"
    r"deepseek-api|whisper\.cpp)|^[a-z]+2api"
)
_VENDORS = (  # catalogues name a model by its maker and a slash
    "fal-ai/ openai/ anthropic/ google/ meta-llama/ qwen/ deepseek-ai/ deepseek/ "
    "mistralai/ nvidia/ moonshotai/ z-ai/ "
    "thudm/ zai-org/ black-forest-labs/ minimax/ x-ai/ stability-ai/ microsoft/ cohere/ "
    "perplexity/ bytedance/ tencent/ "
    "baidu/ kwaivgi/ ideogram-ai/ leonardoai/ recraft-ai/ luma/ minimaxai/ "
    "cognitivecomputations/ nousresearch/ tngtech/ "
    "arcee-ai/ liquid/ inclusionai/ stepfun-ai/ xiaomi/ baai/ sentence-transformers/ "
    "lightricks/ wan-video/ pro/ ~anthropic/"
)
_EDITION = re.compile(
    r"(?: (?:coder|max|plus|turbo|pro|flash|lite|mini|nano|fast|next|thinking|instruct|vl)\b)+"
)
_VENDOR = re.compile(
    r"(?:~?@?[a-z0-9][a-z0-9_-]{0,40}(?:/|\.(?=anthropic\.|amazon\.|meta\.|mistral\.)|"
    r"(?<=anthropic)\.|(?<=amazon)\.|(?<=meta)\.|(?<=mistral)\.)){1,5}\Z"
)
_VENDOR_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-./@~"

CUES = (
    *(
        Cue(
            "model.named",
            "model",
            "o1 o3 o4" if word == "o" else word,
            _stem(word),
            0.6,
            _trimmed,
            after=_with_vendor,
        )
        for word in _STEMS.split()
    ),
    Cue("model.vendor", "model", _VENDORS, r"([a-z][a-z-]{1,30}/[a-z][\w.:-]{2,80})(?![/\w])", 0.5, _trimmed),
    *(Cue("model.said", "model", at, rf"({regex})(?![a-z0-9])", 0.4, _trimmed) for at, regex in _SAID),
)

_FAMILY: tuple[tuple[str, str, str], ...] = (
    # expression, provider, request type ("" where the family serves chat, which nothing but a guess would tell)
    (r"gpt-image|dall-?e", "openai", "image"),
    (r"sora", "openai", "video"),
    (r"whisper|tts-1|gpt-4o(?:-mini)?-(?:tts|transcribe)", "openai", "audio"),
    (r"gpt.*realtime", "openai", "realtime"),
    (r"(?:text|omni)-moderation", "openai", "moderation"),
    (r"text-embedding-[3a]", "openai", "embedding"),
    (r"text-embedding-00|gemini-embedding", "google", "embedding"),
    (r"text-embedding-v", "alibaba", "embedding"),
    (r"imagen|nano[ -]banana|gemini.*-image", "google", "image"),
    (r"veo", "google", "video"),
    (r"seedance", "volcengine", "video"),
    (r"seedream|seededit", "volcengine", "image"),
    (r"jimeng.*video", "jimeng", "video"),
    (r"jimeng", "jimeng", "image"),
    (r"kling", "kling", "video"),
    (r"hailuo|minimax-hailuo", "minimax", "video"),
    (r"vidu", "vidu", "video"),
    (r"wan\d?[\d.]*.*(?:[ti]2v|video)|wan[ -]?\d", "alibaba", "video"),
    (r"wanx|qwen-image", "alibaba", "image"),
    (r"cogview", "zhipu", "image"),
    (r"cogvideo", "zhipu", "video"),
    (r"runway|gen\d", "runway", "video"),
    (r"luma|ray-", "luma", "video"),
    (r"pika", "pika", "video"),
    (r"pixverse", "pixverse", "video"),
    (r"z-image", "alibaba", "image"),
    (r"midjourney|mj[_-]", "midjourney", "image"),
    (r"flux", "bfl", "image"),
    (r"stable-diffusion|sdxl|sd3", "stability", "image"),
    (r"ideogram", "ideogram", "image"),
    (r"recraft", "recraft", "image"),
    (r"suno|chirp", "suno", "audio"),
    (r"eleven", "elevenlabs", "audio"),
    (r"cosyvoice|paraformer|sambert", "alibaba", "audio"),
    (r".*rerank", "", "rerank"),
    (r"bge-|jina-|voyage|gte-|e5-|.*embed", "", "embedding"),
    (r"gpt|chatgpt|o[134]\b|davinci|text-davinci|codex", "openai", ""),
    (r"claude|opus|sonnet|haiku", "anthropic", ""),
    (r"gemini|gemma", "google", ""),
    (r"deep ?seek", "deepseek", ""),
    (r"qwen|qwq|qvq|tongyi", "alibaba", ""),
    (r"glm|chatglm", "zhipu", ""),
    (r"kimi|moonshot", "moonshot", ""),
    (r"doubao|skylark", "volcengine", ""),
    (r"grok", "xai", ""),
    (r"mistral|mixtral|ministral|codestral|devstral|magistral|pixtral", "mistral", ""),
    (r"minimax|abab", "minimax", ""),
    (r"hunyuan", "tencent", ""),
    (r"ernie", "baidu", ""),
    (r"spark", "iflytek", ""),
    (r"step-", "stepfun", ""),
    (r"baichuan", "baichuan", ""),
    (r"command", "cohere", ""),
    (r"sonar", "perplexity", ""),
    (r"nova|titan", "aws", ""),
    (r"mimo", "xiaomi", ""),
    (r"longcat", "meituan", ""),
    (r"nemotron", "nvidia", ""),
)
_COMPILED = tuple((re.compile(names, re.IGNORECASE), maker, kind) for names, maker, kind in _FAMILY)
# `openai/…`, `us.anthropic.…`: the prefix says who serves it.
_SERVED_BY = re.compile(
    r"(?:openrouter|azure|bedrock|vertex_ai|fal-ai|groq|replicate|siliconflow|ollama)/", re.IGNORECASE
)
_BEDROCK = re.compile(
    r"(?:(?:us|eu|apac|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|stability)\.[a-z]",
    re.IGNORECASE,
)
_SERVERS = {"vertex_ai": "google", "bedrock": "aws", "fal-ai": "fal"}


@lru_cache(maxsize=2048)
def family(model: str) -> tuple[str, str]:
    """(provider, request type) that a model's name tells; empty where it does not."""
    served = _SERVED_BY.match(model)
    if _BEDROCK.match(model):
        return "aws", ""
    bare = model.rsplit("/", 1)[-1]
    for names, maker, kind in _COMPILED:
        if names.match(bare):
            server = served.group()[:-1].lower() if served else ""
            return _SERVERS.get(server, server) or maker, kind
    return (_SERVERS.get(served.group()[:-1].lower(), served.group()[:-1].lower()) if served else ""), ""
