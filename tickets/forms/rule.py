"""The editor of one rule: a form and the same rule as YAML. Either side may be changed; nothing typed is lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from tickets.services.redaction import make_storable
from tickets.services.rule.set import problems_with
from triage.engine.catalogue.conditions import GROUPS
from triage.engine.catalogue.written import Mistake, Written, as_yaml, read_written
from triage.engine.rule import Rule

from .rule_rows import ConditionRow, rows_from, rows_of

LONGEST = 60_000
SAMPLES = ("fires_on", "quiet_on")
SIMPLE = ("id", "cause", "strength", "source")
NEW = {"id": "", "cause": "", "strength": "likely", "when": {"all": []}, "because": {"en": "", "zh": ""},
       "source": "", "fires_on": [], "quiet_on": []}  # fmt: skip


@dataclass(slots=True)
class SampleRow:
    text: str = ""
    context: str = ""  # as YAML
    errors: list[str] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return max(2, min(10, self.text.count("\n") + 1))

    def sample(self) -> Any:
        context = _loaded(self.context) if self.context.strip() else None
        return {"text": self.text, "context": context} if context is not None else self.text


class RuleEditor:
    """`raw` is the rule as both sides say it; where they do not agree, `conflict` is true and nothing is decided."""

    def __init__(self, raw: Mapping[str, Any], text: str = "", *, opened: str = "") -> None:
        self.raw: dict[str, Any] = dict(raw)
        self.yaml = text or as_yaml(raw)
        self.opened = opened
        self.conflict = False
        self.mistakes: list[Mistake] = []
        self.rule: Rule | None = None
        self.was_masked = False
        self._show(self.raw)

    @classmethod
    def sent(cls, given: Mapping[str, str]) -> "RuleEditor":
        """What came back from the browser: the side that was changed is the one that counts."""
        text = given.get("yaml", "").replace("\r\n", "\n")[:LONGEST]
        editor = cls({}, text or "\n", opened=given.get("opened", "").replace("\r\n", "\n"))
        editor._read_fields(given)
        form = editor._raw_of_fields(_loaded_json(given.get("kept", "")))
        form_changed = form != _loaded_json(given.get("form_was", ""))
        yaml_changed = text.strip() != given.get("yaml_was", "").replace("\r\n", "\n").strip()
        side = given.get("side", "")
        if form_changed and yaml_changed and side not in ("form", "yaml"):
            editor._differ(form, text, given)
        elif side == "form" or (form_changed and side != "yaml"):
            editor._take_form(form)
        else:
            editor._take_yaml(text, form)
        return editor

    # What the template shows and sends along.

    @property
    def form_was(self) -> str:
        return self._form_was

    @property
    def yaml_was(self) -> str:
        return self._yaml_was

    @property
    def kept(self) -> str:
        """What the form has no field for, so that it is not lost when the form is sent."""
        fields = {*SIMPLE, *SAMPLES, "when", "because", "beats", "asks"}
        return json.dumps({key: value for key, value in self.raw.items() if key not in fields}, default=str)

    def errors_at(self, *at: str) -> list[str]:
        return [mistake.what for mistake in self.mistakes if mistake.at[: len(at)] == at]

    # Rows are added and taken away without script.

    def add(self, what: str) -> None:
        if what in self.groups:
            self.groups[what].append(ConditionRow())
        elif what in SAMPLES:
            self.samples[what].append(SampleRow())
            # Whoever adds a case is about to write it: that there is none yet is no mistake.
            self.mistakes = [mistake for mistake in self.mistakes if mistake.at != (what,)]

    def remove(self, what: str) -> None:
        name, _sep, number = what.rpartition("-")
        rows: list[Any] = self.groups.get(name) or self.samples.get(name) or []
        if number.isdecimal() and int(number) < len(rows):
            del rows[int(number)]
            self._take_form(self._raw_of_fields(_loaded_json(self.kept)))

    def mask(self) -> None:
        """Cases are pasted errors: their secrets are masked before anything is kept."""
        for name in SAMPLES:
            for row in self.samples[name]:
                safe = make_storable(row.text)
                if safe.masked:
                    row.text, self.was_masked = safe.text, True
        if self.was_masked:
            self._take_form(self._raw_of_fields(_loaded_json(self.kept)))

    def _take_form(self, form: dict[str, Any]) -> None:
        """The rows stay as they were sent, the empty ones too; the YAML is written anew."""
        self.raw, self.yaml, self.conflict = form, as_yaml(form), False
        self._judge(read_written(self.yaml))
        self._remember(form)

    def _take_yaml(self, text: str, form: dict[str, Any]) -> None:
        self.yaml = text
        written = read_written(text)
        self._judge(written)
        if written.raw:
            self.raw = written.raw
            self._show(written.raw)
        else:
            self.raw = form
            self._remember(form)

    def _differ(self, form: dict[str, Any], text: str, given: Mapping[str, str]) -> None:
        self.conflict, self.raw, self.yaml = True, form, text
        self._judge(read_written(text))
        self._form_was, self._yaml_was = given.get("form_was", ""), given.get("yaml_was", "")

    def _judge(self, written: Written) -> None:
        problems = [] if written.rule is None else problems_with(written.rule)
        self.mistakes = [*written.mistakes, *(Mistake(each.what, _place_of(each.what)) for each in problems)]
        self.rule = None if self.mistakes else written.rule
        self._spread()

    def _spread(self) -> None:
        """Each mistake beside the row that it is about."""
        for mistake in self.mistakes:
            match mistake.at:
                case ("when", str(group), int(at), *_) if group in self.groups:
                    filled = [row for row in self.groups[group] if not row.is_empty]
                    if at < len(filled):
                        filled[at].errors.append(mistake.what)
                case (str(name), int(at)) if name in SAMPLES and at < len(self.samples[name]):
                    self.samples[name][at].errors.append(mistake.what)

    def _show(self, raw: Mapping[str, Any]) -> None:
        """The fields as this rule fills them."""
        self.fields = {name: _text(raw.get(name)) for name in SIMPLE}
        because = raw.get("because") if isinstance(raw.get("because"), dict) else {}
        self.fields |= {f"because_{name}": _text((because or {}).get(name)) for name in ("en", "zh")}
        self.fields |= {name: _listed(raw.get(name)) for name in ("beats", "asks")}
        when = raw.get("when") if isinstance(raw.get("when"), dict) else {}
        self.groups = {group: rows_of((when or {}).get(group)) for group in GROUPS}
        self.samples = {name: [_sample_row(each) for each in raw.get(name) or []] for name in SAMPLES}
        self._spread()
        self._remember(self._raw_of_fields(_loaded_json(self.kept)))

    def _remember(self, form: dict[str, Any]) -> None:
        self._form_was, self._yaml_was = json.dumps(form, default=str), self.yaml

    def _read_fields(self, given: Mapping[str, str]) -> None:
        self.fields = {
            name: given.get(name, "").replace("\r\n", "\n").strip()
            for name in (*SIMPLE, "because_en", "because_zh", "beats", "asks")
        }
        self.groups = {group: rows_from(given, group) for group in GROUPS}
        self.samples = {name: _samples_from(given, name) for name in SAMPLES}

    def _raw_of_fields(self, kept: dict[str, Any]) -> dict[str, Any]:
        raw: dict[str, Any] = {name: self.fields[name] for name in SIMPLE if name != "source"}
        raw["when"] = {
            group: conditions
            for group, rows in self.groups.items()
            if (conditions := [row.condition() for row in rows if not row.is_empty])
        }
        for name in ("beats", "asks"):
            if listed := [
                each for each in self.fields[name].replace("，", ",").replace(",", " ").split() if each
            ]:
                raw[name] = listed
        raw["because"] = {"en": self.fields["because_en"], "zh": self.fields["because_zh"]}
        raw["source"] = self.fields["source"]
        for name in SAMPLES:
            raw[name] = [row.sample() for row in self.samples[name] if row.text.strip()]
        return {**raw, **kept}


def stored_editor(text: str) -> RuleEditor:
    """To change a rule that is kept as YAML."""
    written = read_written(text)
    editor = RuleEditor(written.raw or NEW, text, opened=text)
    editor._judge(written)
    return editor


def line_of(mistake: Mistake) -> str:
    return _("line %(line)s") % {"line": mistake.line} if mistake.line else ""


def _samples_from(given: Mapping[str, str], name: str) -> list[SampleRow]:
    rows: list[SampleRow] = []
    while f"{name}-{len(rows)}-text" in given and len(rows) < 100:
        at = len(rows)
        text = given[f"{name}-{at}-text"].replace("\r\n", "\n")
        rows.append(SampleRow(text, given.get(f"{name}-{at}-context", "").replace("\r\n", "\n")))
    return rows


def _sample_row(sample: Any) -> SampleRow:
    if isinstance(sample, dict):
        context = sample.get("context")
        said = yaml.safe_dump(context, allow_unicode=True, default_flow_style=None).strip() if context else ""
        return SampleRow(_text(sample.get("text")), said)
    return SampleRow(_text(sample))


def _loaded(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return text


def _loaded_json(text: str) -> dict[str, Any]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _listed(value: Any) -> str:
    return " ".join(str(each) for each in value) if isinstance(value, list) else _text(value)


def _place_of(what: str) -> tuple[str, ...]:
    return ("beats",) if what.startswith("beats") else ("cause",)
