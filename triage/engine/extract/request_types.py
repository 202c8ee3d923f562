"""Vocabulary: the type of a request by its endpoint and by the words of people, in English and Chinese."""

import re

# The ends of API paths, most specific first.
ENDPOINT_TAILS: tuple[tuple[str, str], ...] = (
    (r"chat/completions", "chat"), (r"images?/(?:generations?|edits?|variations?)", "image"),
    (r"videos?(?:/generations?|/text2video|/image2video|/[\w-]*2video|/remix)?", "video"),
    (r"contents/generations/tasks", "video"), (r"audio/(?:speech|transcriptions?|translations?)", "audio"),
    (r"text-to-speech|speech-to-text|t2a_v2|listen", "audio"), (r"embeddings?|embed|multimodalembeddings?", "embedding"),
    (r"moderations?", "moderation"), (r"rerank", "rerank"), (r"batches|message_batches|batchgeneratecontent", "batch"),
    (r"realtime", "realtime"), (r"responses(?:/compact)?", "responses"), (r"messages(?:/count_tokens)?", "chat"),
    (r"completions?", "completion"), (r"(?:text_)?chatcompletion(?:_v2|_pro)?", "chat"), (r"api/chat", "chat"), (r"api/generate", "completion"),
    (r"submit/(?:imagine|change|blend|describe|action|upscale|modal)|mj/[\w/-]+", "image"), (r"suno/[\w/-]+", "audio"),
    (r"[\w.@-]+:(?:stream)?generatecontent", "chat"), (r"[\w.@-]+:(?:batch)?embedcontents?", "embedding"),
    (r"[\w.@-]+:predictlongrunning", "video"), (r"[\w.@-]+:predict", "image"), (r"model/[\w.:%-]+/(?:invoke|converse)(?:-[\w-]+|stream)?", "chat"),
    (r"images/generations|txt2img|img2img", "image"),
)  # fmt: skip
_BY_ENDPOINT = tuple((re.compile(rf"(?:^|/){tail}(?=$|[/?#:])", re.IGNORECASE), kind) for tail, kind in ENDPOINT_TAILS)

WORDS: tuple[tuple[str, str], ...] = (
    ("video", r"视频|图生视频|文生视频|首尾帧|数字人|\b(?:video|videos|text[- ]to[- ]video|image[- ]to[- ]video|t2v|i2v|last frame|lip[- ]?sync)\b"),
    ("image", r"生图|画图|绘图|绘画|出图|作图|文生图|图生图|改图|生成图|图片生成|图像|"
              r"\b(?:image generation|generat\w+ (?:an |a |the |some )?(?:image|picture|photo|pic)s?|(?:text|image)[- ]to[- ]image|imagegen|image model|image edit\w*|picture|inpaint\w*|txt2img|img2img|drawing|ImageGeneration\w*)\b"),
    ("audio", r"语音|音频|音乐|配音|转写|转录|听写|\b(?:text[- ]to[- ]speech|speech|tts|transcri(?:be|ption|bing)\w*|audio|voice|music|song|podcast|dictation)\b"),
    ("embedding", r"向量|嵌入|\bembeddings?\b|get_embedding|Embeddings_Create|vectori[sz]\w+"),
    ("rerank", r"重排|\brerank\w*\b"),
    ("batch", r"批处理|批量任务|\bbatch(?:es)? (?:api|job|call|expired|request|file)s?\b|\bbatch expired\b"),
    ("realtime", r"实时语音|\brealtime\b"),
    ("moderation", r"\bmoderations? (?:api|endpoint|call|request)\b"),
    ("responses", r"\bresponses (?:api|endpoint|route)\b|responses ?接口"),
    ("chat", r"聊天|对话|\b(?:chat|chatting|conversation)\b|chat接口|ChatCompletion"),
)  # fmt: skip


def type_of_endpoint(endpoint: str) -> str | None:
    for tail, kind in _BY_ENDPOINT:
        if tail.search(endpoint):
            return kind
    return None
