"""Throw made-up texts at the engine for a while: `python -m tests.performance.fuzz_engine --seconds 30`.

Half of the texts are plain random characters, half follow the grammar of pasted errors and then get broken. Any
exception, any answer that is no JSON, and any text that takes out of proportion stops the run with the text.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable

from tests.performance import texts
from triage.engine import diagnose
from triage.engine.report import as_dict

ALPHABETS = (
    "".join(map(chr, range(32, 127))),
    "{}[]\":,\\/ \n'<>=&?#%@",
    "余额不足渠道模型令牌超时上游错误请求任务排队扣费\u3000，。：",
    "".join(map(chr, [*range(32), 0x2028, 0x200B, 0xFEFF, 0xFF21, 0xFB01, 0x1F600, 0xD800, 0x0301, 0x202E])),
)
SLOWEST_S_PER_1000 = 0.25  # far above what is usual, far below what runaway work takes


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    diagnose("warm-up")
    end, count = time.monotonic() + args.seconds, 0
    while time.monotonic() < end:
        count += 1
        text = made(random.Random(f"{args.seed}/{count}"))
        problem = tried(text)
        if problem:
            sys.stdout.write(f"number {count} of seed {args.seed}: {problem}\n{text!r}\n")
            return 1
    sys.stdout.write(f"{count} texts, nothing found\n")
    return 0


def made(dice: random.Random) -> str:
    maker: Callable[[random.Random], str] = dice.choice((_characters, _nested, _pasted))
    return maker(dice)


def tried(text: str) -> str:
    """What is wrong with how the engine takes a text; empty when nothing is."""
    started = time.perf_counter()
    try:
        json.dumps(as_dict(diagnose(text, {"account": {"balance": len(text) % 3}})))
    except Exception as failure:
        return f"raises {type(failure).__name__}: {failure}"
    took = time.perf_counter() - started
    if took > SLOWEST_S_PER_1000 * max(1.0, len(text) / 1_000):
        return f"takes {took:.2f} s for {len(text)} characters"
    return ""


def _characters(dice: random.Random) -> str:
    return "".join(dice.choices(dice.choice(ALPHABETS), k=dice.randrange(2_000)))


def _nested(dice: random.Random) -> str:
    opening = dice.choice(("{", "[", '{"a":', '{"error":{"message":"', "<div>", "\\", "(", "data: {", "b'"))
    return opening * dice.randrange(1, 3_000) + _characters(dice)[:50]


def _pasted(dice: random.Random) -> str:
    text = texts.text(dice.randrange(20, 6_000), seed=dice.randrange(1_000_000))
    for _ in range(dice.randrange(6)):
        at = dice.randrange(len(text) + 1)
        cut = at + dice.randrange(40)
        text = text[:at] + "".join(dice.choices(dice.choice(ALPHABETS), k=dice.randrange(8))) + text[cut:]
    return text


if __name__ == "__main__":
    sys.exit(main())
