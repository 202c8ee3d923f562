"""What stands between the name of a secret and its value."""

import re

# `=`, `:`, `：`, `=>`, the end of an XML tag, and the dot of the websocket protocol that carries a key.
SIGN = re.compile(
    r"""\\*["'`”’]?[)\]]?[ \t]*"""
    r"""(?:[:：]=?|(?<=insecure-api-key)\.|=>|={1,2}|＝|->|(?<=[A-Za-z])>(?=[^\s<]))[ \t]*"""
)
# `{"name": "Cookie", "value": "…"}` of HAR files, `<add key="ApiKey" value="…"/>`, `- name: KEY⏎  value: …`.
PAIR = re.compile(
    r"""\\*["']?\s{0,40}[,\s]\s{0,40}\\*["']?value\\*["']?\s{0,8}[:=]\s{0,8}""",
    re.IGNORECASE,
)
LIST = re.compile(r"""\\*["']\s{0,8},\s{0,40}(?=[bf]?\\*["'])""")  # ("authorization", "…")
FLAG = re.compile(r"[ \t]+(?=\S)")  # --api-key …
LOOSE = re.compile(r"[ \t]{0,4}(?:是|为|is|was|are|\|)?[ \t:：]{0,8}[\"'`“‘「]?", re.IGNORECASE)
LINE_BREAK = re.compile(r"[ \t]{0,8}(?::[ \t]{0,4})?(?:\r?\n|\\+n)[ \t]{0,32}")
PART_OF_NAME = re.compile(r"[._\-][A-Za-z0-9]")

NEAR = 56  # characters behind a name in which a long word is taken for its value
NEAR_WORD = re.compile(r"(?<![A-Za-z0-9+/=_\-.])[A-Za-z0-9][A-Za-z0-9+/=_\-.]{14,199}")

# Names stand in many sentences. A value may follow one where there is a sign, a digit or a long word.
FOLLOWED = re.compile(
    rf"(?:{SIGN.pattern}|{PAIR.pattern}|{LIST.pattern}|{LINE_BREAK.pattern}"
    rf"|{LOOSE.pattern}[^\s0-9!@#$%^&*]{{0,48}}[0-9!@#$%^&*]|.{{0,{NEAR}}}?{NEAR_WORD.pattern})",
    re.IGNORECASE | re.DOTALL,
)


def after_loose(text: str, end: int) -> int:
    gap = LOOSE.match(text, end)
    return gap.end() if gap else end
