"""Vocabulary: the type of a request by its endpoint and by the words of people, in English and Chinese."""

import re
from functools import lru_cache

from .cue import Cue, constant

# The ends of API paths, most specific first.
ENDPOINT_TAILS: tuple[tuple[str, str], ...] = (
    (r"chat/completions", "chat"),
    (r"images?/(?:generations?|edits?|variations?)", "image"),
    (r"videos?(?:/generations?|/text2video|/image2video|/[\w-]*2video|/remix)?", "video"),
    (r"contents/generations/tasks", "video"),
    (r"audio/(?:speech|transcriptions?|translations?)", "audio"),
    (r"text-to-speech|speech-to-text|t2a_v2|listen", "audio"),
    (r"embeddings?|embed|multimodalembeddings?", "embedding"),
    (r"moderations?", "moderation"),
    (r"rerank", "rerank"),
    (r"batches|message_batches|batchgeneratecontent", "batch"),
    (r"realtime", "realtime"),
    (r"responses(?:/compact)?", "responses"),
    (r"messages(?:/count_tokens)?", "chat"),
    (r"completions?", "completion"),
    (r"(?:text_)?chatcompletion(?:_v2|_pro)?", "chat"),
    (r"api/chat", "chat"),
    (r"api/generate", "completion"),
    (r"submit/(?:imagine|change|blend|describe|action|upscale|modal)|mj/[\w/-]+", "image"),
    (r"suno/[\w/-]+", "audio"),
    (r"[\w.@-]*image[\w.@-]*:(?:stream)?generatecontent", "image"),
    (r"[\w.@-]+:(?:stream)?generatecontent", "chat"),
    (r"invokemodel\w*|converse(?:stream)?", "chat"),
    (r"[\w.@-]+:(?:batch)?embedcontents?", "embedding"),
    (r"[\w.@-]+:predictlongrunning", "video"),
    (r"[\w.@-]+:predict", "image"),
    (r"model/[\w.:%-]+/(?:invoke|converse)(?:-[\w-]+|stream)?", "chat"),
    (r"images/generations|txt2img|img2img", "image"),
)
_BY_ENDPOINT = tuple(
    (re.compile(rf"(?:^|/){tail}(?=$|[/?#:])", re.IGNORECASE), kind) for tail, kind in ENDPOINT_TAILS
)

# What people call it: (type, cue words, expression).
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "video",
        "视频 图生视频 首尾帧 数字人 video videos text-to-video i2v t2v first_and_last lip",
        r"视频|图生视频|首尾帧|数字人|videos?\b|text-to-video|[it]2v\b|first and last frame|lip[- ]?sync",
    ),
    (
        "image",
        (
            "生图 画图 绘图 绘画 出图 作图 生成图 图片生成 文生图 图生图 改图 图像 画了 "
            "画出 生成的图 跑图 图片没 图片都没 图片也没 没有图片 image text text2img txt img "
            "inpaint picture pictures drawing draw photo imagegen imagegenerationparams images "
            "generate generates generating generated generation"
        ),
        (
            r"生图|画图|绘图|绘画|出图|作图|文生图|图生图|改图|生成图|图片生成|图像|"
            r"画[了出]|生成的图|跑图|图片(?:都|也)?没有?(?:出来|回来|返回|生成)|没有图片(?:出来|回来|返回)|"
            r"images? ?(?:generat|edit|"
            r"model|creat|request|size)\w*|(?:text|txt|image|img)[- ]?(?:to|2)[- ]?(?:image|img)|"
            r"imagegen\w*|inpaint\w*|pictures?\b|drawings?\b|draw (?:an?|the)\b|generat\w{1,4} "
            r"(?:an? |the |some |my )?(?:image|picture|photo|pic|illustration|cover)s?\b"
        ),
    ),
    (
        "audio",
        (
            "语音 音频 音乐 配音 转写 转录 听写 歌 text-to-speech text_to_speech speech tts transcri audio "
            "voice music song podcast dictation stt"
        ),
        (
            r"语音|音频|音乐|配音|转写|转录|听写|歌|text[- ]to[- ]speech|speech\b|[ts]tt?s?\b|transcri\w+|"
            r"audio\b|voices?\b|music\b|songs?\b|podcast|dictation"
        ),
    ),
    (
        "embedding",
        "向量 嵌入 embedding embeddings embed embeds vector",
        r"向量|嵌入|embed(?:ding|s)?s?(?![a-z])|vectori[sz]\w+",
    ),
    ("rerank", "重排 rerank reranker reranking", r"重排|rerank\w*"),
    (
        "batch",
        "批处理 批量任务 batch batches",
        (
            r"批处理|批量任务|batch(?:es)? ?(?:api|job|call|expired|request|file|endpoint|inference|mode|"
            r"processing|run)s?\b|batches\b"
        ),
    ),
    ("realtime", "实时语音 realtime", r"实时语音|realtime (?:api|session|voice|websocket|model)"),
    ("moderation", "moderation moderations", r"moderations? (?:api|endpoint|call|request)"),
    (
        "responses",
        "responses event",
        r"event: response\.\w+|responses (?:api|endpoint|route|format)|responses ?接口|responses ?协议",
    ),
    ("completion", "completions", r"completions? (?:api|endpoint)"),
    (
        "chat",
        "tool_use tool_calls reasoning_content messages choices",
        (
            r"choices\b|tool_use|tool_calls|reasoning_content|messages (?:resulted|must|with "
            r"role)|messages\.\d"
        ),
    ),
    (
        "chat",
        "聊天 对话 chat chatting conversation chatcompletion",
        r"聊天|对话|chat(?:ting)?\b(?! ?gpt)|conversations?\b|chatcompletion",
    ),
)

CUES = tuple(
    Cue(f"type.{kind}", "request_type", at, rf"(?:{words})", 0.42 - 0.01 * order, constant(kind), once=True)
    for order, (kind, at, words) in enumerate(_WORDS)
)


@lru_cache(maxsize=2048)
def type_of_endpoint(endpoint: str) -> str | None:
    for tail, kind in _BY_ENDPOINT:
        if tail.search(endpoint):
            return kind
    return None
