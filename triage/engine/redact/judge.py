"""Is this word a secret, an identifier, a placeholder, or just a word? Judged by its characters alone."""

import re

# Identifiers that support needs: they name a request, a task, a file, a run; nobody gets in with them.
_ID = re.compile(
    r"(?:chatcmpl|cmpl|req|request|msg|message|resp|response|gen|run|thread|asst|file|batch|call|toolu|task|job|"
    r"trace|span|evt|event|conv|item|cgt|img|image|video|ftjob|org|proj|user|acct|cus|tid|log|audio|session"
    r"|step|assistant|upload|ray|inv|order|sub)[-_][A-Za-z0-9]"
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_DIGEST = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})|sha\d+[-:].+", re.IGNORECASE)
_MODEL = re.compile(
    r"(?:[a-z0-9.\-]{1,40}/)?(?:gpt|chatgpt|o[1-9]|claude|gemini|gemma|deepseek|qwen|qwq|qvq|glm|cogview|kimi|moonshot"
    r"|llama|mistral|mixtral|codestral|grok|doubao|ernie|hunyuan|yi|baichuan|minimax|abab|step|dall-e|whisper|tts"
    r"|text-embedding|flux|stable|sd|kling|veo|sora|seedance|seedream|wan|hailuo|vidu|midjourney|mj|suno|embedding"
    r"|bge|command|nova|titan|phi|ft:)[-_.:0-9]",
    re.IGNORECASE,
)
_WORDS = """
null none nil undefined true false nan void empty missing required invalid incorrect wrong expired string
optional redacted hidden masked secret password passwd token key apikey api_key value example test dummy
placeholder changeme bearer basic filtered removed error failed denied not is must was has authentication
authorization provided and or for in the a an of to with on too should cannot can does did have field
reset this that be we you please enter str bytes verification
"""
_WORDS_FOR_NOTHING = frozenset(_WORDS.split())
_PLACEHOLDER = re.compile(
    r"""(?ix)
    [$%]?\{.*\} | \$\(?[a-z_]\w*\)?(?:\[.*)? | \$env:\w+ | %\w+% | <[^<>]*> | \[[\w \-]*\]  # ${KEY}, <key>
    | (?:sk[-_]|pk[-_])?[x*.…_\-\#]{3,}
    | (?:sk[-_]|bearer[ ])?(?:your|insert|paste|replace)[-_ ]?[a-z]*(?:[-_ ][a-z]+)*[-_ ]?
      (?:key|token|secret|password|me|here)(?:[-_ ]?here)?
    | (?:os|process|import|self|settings|config|env|args|cfg|ctx|this|system|secrets|st|data|params|options)\b
      [.\[(].*
    | \w+\(.*
    """
)
_LONGEST_PLACEHOLDER = 80
_LONGEST_MASK = 400
_MASKED = re.compile(
    r"(?:(?:bearer|basic|token|key)\s+)?[\w.\-/]{0,20}(?:\*{2,}|\.{3,}|…|•{2,}|●{2,}|x{4,40})"
    r"(?:[\s\u200b-\u200f\u2060-\u2064\ufeff]|\\[nrt]|…|%[02][0aAdD09]|\\u00[02][0aAdD09])*[\w\-=+/]{0,8}",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[A-Za-z0-9]{6,}")
_DIGIT, _LETTER = re.compile("[0-9]"), re.compile("[A-Za-z]")
_SWITCH = re.compile(r"[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])")
_FAR_ENOUGH = 160
_CAMEL_CASE = re.compile(r"[a-z]*(?:[A-Z]{1,4}[a-z]{2,}){1,9}[A-Z]{0,4}[0-9]{0,4}")
_CASE_SWITCH = re.compile(r"[a-z](?=[A-Z])|[A-Z](?=[a-z])")


def is_masked(word: str) -> bool:
    """Our own mask, or the vendor's: `sk-…ab12`, `sk-fake************0000`, `sk-...abcd`."""
    return len(word) <= _LONGEST_MASK and _MASKED.fullmatch(word) is not None


def is_placeholder(word: str) -> bool:
    """`YOUR_API_KEY`, `${KEY}`, `sk-xxxxxxxx`, `None`: it stays, since it says what the customer forgot."""
    if len(word) > _LONGEST_PLACEHOLDER:
        return False
    return word.lower() in _WORDS_FOR_NOTHING or _PLACEHOLDER.fullmatch(word) is not None


def is_identifier(word: str) -> bool:
    return bool(_ID.match(word) or _UUID.fullmatch(word) or _DIGEST.fullmatch(word)) or is_model(word)


def is_model(word: str) -> bool:
    return _MODEL.match(word) is not None and not looks_random(word)


def is_uuid(word: str) -> bool:
    return _UUID.fullmatch(word) is not None


def is_digest(word: str) -> bool:
    return _DIGEST.fullmatch(word) is not None


def looks_random(word: str, least: int = 8) -> bool:
    """Made by a machine: digits and letters mixed within one piece, or capitals thrown about in it."""
    if len(word) < least:
        return False
    for piece in _PIECES.findall(word, 0, _FAR_ENOUGH):
        if _CAMEL_CASE.fullmatch(piece):
            continue
        switches = len(_SWITCH.findall(piece))
        if switches >= 2:
            return True
        if len(piece) >= 12 and switches + len(_CASE_SWITCH.findall(piece)) >= len(piece) * 0.3:
            return True
    return False


def looks_like_key(word: str) -> bool:
    """After a name that announces a key: long enough, no sentence, no code, no identifier."""
    if len(word) < 8 or not word.isascii() or is_placeholder(word) or is_masked(word) or "://" in word:
        return False
    if any(char in word for char in "(){}[]<> "):
        return False
    has_digit = _DIGIT.search(word)
    has_letter = _LETTER.search(word)
    if has_digit and has_letter:
        return not (is_model(word) or _ID.match(word))
    if has_letter:
        return len(word) >= 16 and (word.isalnum() or looks_random(word, 16))
    return len(word) >= 16
