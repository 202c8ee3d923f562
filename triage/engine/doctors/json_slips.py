"""Reads a request body as JSON, or says where it breaks and which slip broke it."""

import json
from typing import Any, NoReturn

from .request_finding import RequestFinding, error

MAX_BODY = 20_000_000


def parse(body: str) -> tuple[Any, RequestFinding | None]:
    """The parsed value and no finding, or None and the finding."""
    if not body.strip().lstrip("\ufeff"):
        return None, _at("json_empty", body, 0)
    if len(body) > MAX_BODY:
        return None, _at("json_too_long", body, 0)
    try:
        return json.loads(body.lstrip("\ufeff"), parse_constant=_refuse), None
    except json.JSONDecodeError as broken:
        return None, _at(_slip(broken.msg, broken.doc, broken.pos), broken.doc, broken.pos)
    except _NotJson as constant:
        return None, _at("json_nan", body, max(0, body.find(str(constant))))
    except (RecursionError, ValueError):  # nested or numbers beyond what any gateway reads
        return None, _at("json_too_deep", body, 0)


class _NotJson(ValueError):
    pass


def _refuse(constant: str) -> NoReturn:
    raise _NotJson(constant)


def _slip(told: str, body: str, at: int) -> str:
    rest, before = body[at : at + 12], body[:at].rstrip()[-1:]
    here = rest[:1]
    if not rest.strip():
        return "json_cut_off"
    for slip, found in (
        ("json_wrapped", at == 0 and here in "'`" and body.rstrip()[-1:] in "'`"),
        ("json_smart_quotes", here in "“”„‟‘’＂「」"),
        ("json_full_width", here in "，：｛｝［］"),
        ("json_comment", here == "#" or rest.startswith(("//", "/*"))),
        (
            "json_trailing_comma",
            told.startswith("Illegal trailing comma") or (before == "," and here in "}]"),
        ),
        ("json_single_quotes", here == "'"),
        ("json_newline", told.startswith("Invalid control character")),
        ("json_escape", "escape" in told),
        ("json_cut_off", told.startswith("Unterminated string")),
        ("json_python_word", rest.startswith(("True", "False", "None"))),
        ("json_bare_name", told.startswith("Expecting property name") and (here.isalpha() or here == "_")),
        ("json_extra", told.startswith("Extra data")),
        ("json_comma", told.startswith("Expecting ','") and here in '"{['),
        ("json_colon", told.startswith("Expecting ':'")),
    ):
        if found:
            return slip
    return "json_broken"


def _at(slip: str, body: str, at: int) -> RequestFinding:
    line = body.count("\n", 0, at) + 1
    column = at - body.rfind("\n", 0, at)
    return error(slip, f"line {line}, column {column}", *_WORDS[slip])


_Said = tuple[tuple[str, str], tuple[str, str]]
_WORDS: dict[str, _Said] = {
    "json_empty": (
        ("The body is empty.", "请求体是空的。"),
        ("Send a JSON object.", "请发送一个 JSON 对象。"),
    ),
    "json_too_long": (
        ("The body is larger than 20 million characters.", "请求体超过 2000 万个字符。"),
        ("Send large files by link or upload.", "大文件请改用链接或上传接口。"),
    ),
    "json_too_deep": (
        ("The body is nested too deeply, or holds a number that is too long.", "嵌套层数过多，或数字过长。"),
        ("Simplify the structure.", "请简化结构。"),
    ),
    "json_cut_off": (
        ("The text ends before the JSON does.", "JSON 还没写完文本就结束了。"),
        (
            "Close every quote, bracket and brace; check that a shell or a length limit did not cut it.",
            "请补全引号和括号，并确认没有被命令行或长度限制截断。",
        ),
    ),
    "json_wrapped": (
        ("The whole body stands in quotes.", "整个请求体外面多了一层引号。"),
        (
            "Start with { and end with }; on Windows send a file with --data-binary @body.json",
            "应以 { 开头、以 } 结尾；Windows 下可存成文件，用 --data-binary @body.json 发送。",
        ),
    ),
    "json_smart_quotes": (
        ("Typographic quotes stand where JSON needs straight ones.", "这里用了弯引号，JSON 只认直引号。"),
        ('Replace them with ".', '请换成 "。'),
    ),
    "json_full_width": (
        ("A full-width sign stands where JSON needs a plain one.", "这里用了全角标点，JSON 只认半角。"),
        ("Replace it with the half-width sign.", "请换成半角标点。"),
    ),
    "json_comment": (
        ("JSON knows no comments.", "JSON 不支持注释。"),
        ("Remove the comment.", "请删掉注释。"),
    ),
    "json_trailing_comma": (
        ("A comma stands before the closing bracket.", "右括号前多了一个逗号。"),
        ("Remove that comma.", "请删掉这个逗号。"),
    ),
    "json_single_quotes": (
        ("Names and texts stand in single quotes.", "这里用了单引号。"),
        ("Use double quotes; in Python use json.dumps.", "请用双引号；Python 里请用 json.dumps 生成。"),
    ),
    "json_newline": (
        ("A text holds a raw line break or tab.", "字符串里有未转义的换行或制表符。"),
        ("Write \\n or \\t, or let a JSON library do it.", "请写成 \\n 或 \\t，或交给 JSON 库生成。"),
    ),
    "json_escape": (
        ("A backslash is followed by a letter that JSON does not know.", "反斜杠后面的字符不是合法转义。"),
        ("Write \\\\ for a backslash; \\' is not needed.", "反斜杠请写成 \\\\；单引号不需要转义。"),
    ),
    "json_python_word": (
        ("True, False and None are Python words.", "True、False、None 是 Python 的写法。"),
        ("Write true, false and null.", "请写成 true、false、null。"),
    ),
    "json_nan": (
        ("NaN and Infinity are not numbers in JSON.", "NaN 和 Infinity 不是合法的 JSON 数字。"),
        ("Leave the field out or send a number.", "请去掉该字段或填一个数字。"),
    ),
    "json_bare_name": (
        ("A field name stands without quotes.", "字段名没有加引号。"),
        ('Put it in ".', '请给字段名加上 "。'),
    ),
    "json_extra": (
        ("Something follows after the end of the JSON.", "JSON 结束后还有多余内容。"),
        ("Send exactly one object.", "只发送一个对象。"),
    ),
    "json_comma": (
        ("A comma is missing between two entries.", "两项之间缺少逗号。"),
        ("Put a comma before this place.", "请在此处之前补上逗号。"),
    ),
    "json_colon": (
        ("A colon is missing after a field name.", "字段名后面缺少冒号。"),
        ("Put a colon here.", "请在此处补上冒号。"),
    ),
    "json_broken": (
        ("The JSON is not valid at this place.", "此处不是合法的 JSON。"),
        ("Check this place, or let a JSON library write the body.", "请检查此处，或用 JSON 库生成请求体。"),
    ),
}
