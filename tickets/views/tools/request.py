"""The request checker for everybody: findings with their lines, and how many tokens it has."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from tickets.forms.tool import RequestForm
from tickets.services.gateway_model import offer
from tickets.services.redaction import make_safe, safe_words
from tickets.views.limit import limited
from tickets.views.marked_text import Line, Mark, around_marks, marked_lines
from triage.engine.doctors.base_url import check_base_url
from triage.engine.doctors.base_url_words import SENTENCES
from triage.engine.doctors.json_place import line_of
from triage.engine.doctors.json_slips import parse
from triage.engine.doctors.model_family import Format, format_of
from triage.engine.doctors.pasted_request import PastedRequest, read_request
from triage.engine.doctors.request_check import check_request, request_text
from triage.engine.doctors.request_finding import RequestFinding, Severity
from triage.engine.doctors.token_estimate import BOUNDS_FROM, TokenEstimate, estimate_tokens
from triage.engine.text import clean

LONGEST_LINE = 400  # of the body as it is shown
MOST_LINES = 10_000
REACH = 12  # characters marked where the JSON breaks
BROKEN_AT = re.compile(r"line \d+, column (\d+)")
FORMATS = {
    Format.CHAT: "Chat Completions",
    Format.ANTHROPIC: "Messages",
    Format.RESPONSES: "Responses",
    Format.GEMINI: "generateContent",
    Format.EMBEDDINGS: "Embeddings",
    Format.IMAGE: "Images",
    Format.VIDEO: "Video",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` counts the lines of the body as shown; None where the finding is about what is not there."""

    number: int
    is_error: bool
    path: str
    line: int | None
    column: int | None  # only for JSON that breaks there
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a pasted request. `lines` are its body, masked; `tokens` only where it can be read."""

    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]
    more_lines: tuple[Line, ...]
    lines_left_out: int
    tokens: TokenEstimate | None
    tokens_from: str
    format: str
    model: str
    endpoint: str
    path_problems: tuple[str, ...]
    in_file: bool
    is_empty: bool

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

    @property
    def is_fine(self) -> bool:
        return not self.findings and not self.path_problems and not self.is_empty


@require_http_methods(["GET", "HEAD", "POST"])
@limited("tool")
def show(request: HttpRequest) -> HttpResponse:
    """Checked in memory, as it was pasted; shown only with secrets masked. Nothing is stored."""
    form = RequestForm(request.POST or None)
    checked = check(form.cleaned_data["text"], translation.get_language()) if form.is_valid() else None
    safe = make_safe(request.POST.get("text", ""))
    context = {
        "form": form,
        "checked": checked,
        "typed": "" if safe.was_cut else safe.text,
        "masked_count": safe.masked,
    }
    return render(request, "help/tools/request.html", context, status=422 if form.errors else 200)


def check(pasted: str, language: str) -> Checked:
    request = read_request(clean(pasted).text)
    listed = offer()
    value = parse(request.body)[0] if request.body else None
    body = value if isinstance(value, Mapping) else {}
    shown = _readable(request.body, value)
    found: Iterable[RequestFinding] = check_request(
        request.body, endpoint=request.endpoint or None, offered=listed.names, aliases=listed.aliases
    )
    found = sorted(
        found, key=lambda each: (each.severity is Severity.WARNING, line_of(shown, each.path) or 0)
    )
    findings = tuple(
        _finding(number, each, shown, language)
        for number, each in enumerate(found if request.body else (), start=1)
    )
    lines = _lines(shown, findings)
    near = around_marks(lines)
    return Checked(
        findings=findings,
        lines=near,
        more_lines=lines if len(near) < len(lines) else (),
        lines_left_out=max(0, shown.count("\n") + 1 - MOST_LINES),
        tokens=estimate_tokens(request_text(body)) if body else None,
        tokens_from=BOUNDS_FROM.in_language(language),
        format=FORMATS.get(format_of(request.endpoint or None, body), "") if body else "",
        model=safe_words(str(body.get("model", ""))[:200]),
        endpoint=safe_words(request.endpoint[:300]),
        path_problems=_path_problems(request, language),
        in_file=request.in_file,
        is_empty=not request.body,
    )


def _readable(body: str, value: Any) -> str:
    """A body that stands in one long line is set out, so that a place in it can be shown."""
    if "\n" in body or len(body) <= 120 or not isinstance(value, dict | list):
        return body
    return json.dumps(value, indent=2, ensure_ascii=False)


def _finding(number: int, found: RequestFinding, body: str, language: str) -> Finding:
    broken = BROKEN_AT.fullmatch(found.path)
    return Finding(
        number,
        found.severity is Severity.ERROR,
        "" if broken else safe_words(found.path),
        line_of(body, found.path),
        int(broken[1]) if broken else None,
        safe_words(found.message.in_language(language)),
        safe_words(found.fix.in_language(language)),
    )


def _lines(body: str, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """The body by lines, masked and each cut to a bearable length; where a finding is, its number stands.

    Where masking took lines away, numbers would point beside their lines: then nothing is marked.
    """
    raw, rows = body.split("\n"), make_safe(body).text.split("\n")
    told = findings if len(raw) == len(rows) else ()
    places = {finding.line: finding.column for finding in told if finding.line and finding.column}
    rows = rows[:MOST_LINES]
    shown = [_cut(row, places.get(number, 1)) for number, row in enumerate(rows, start=1)]
    marks = []
    at = 0
    for number, (row, (text, moved)) in enumerate(zip(rows, shown, strict=True), start=1):
        for finding in told:
            if finding.line == number and text.strip():
                column = finding.column or 0
                told_exactly = column and row[: column - 1] == raw[number - 1][: column - 1]
                first = column - 1 - moved if told_exactly else len(text) - len(text.lstrip())
                last = min(first + REACH, len(text)) if told_exactly else len(text.rstrip())
                if first < last:
                    marks.append(Mark(at + first, at + last, (finding.number,), ()))
        at += len(text) + 1
    return marked_lines("\n".join(text for text, _ in shown), marks)


def _cut(row: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and by how much columns moved to the left."""
    if len(row) <= LONGEST_LINE:
        return row, 0
    first = max(0, column - LONGEST_LINE // 2)
    part = row[first : first + LONGEST_LINE]
    more = " …" if first + LONGEST_LINE < len(row) else ""
    return (f"… {part}{more}", first - 2) if first else (f"{part}{more}", 0)


def _path_problems(request: PastedRequest, language: str) -> tuple[str, ...]:
    """What the called path gives away about the base URL: a doubled /v1, or none."""
    if not request.endpoint:
        return ()
    problems = check_base_url("", endpoint=request.endpoint).problems
    return tuple(SENTENCES[problem].in_language(language) for problem in problems)
