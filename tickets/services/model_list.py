"""Reads a list of models with prices: CSV, plain names, or the JSON of gateways. Says what is wrong with it.

Understood are the answers of `GET /v1/models`, of LiteLLM's `GET /model/info` and of new-api's
`GET /api/pricing`, LiteLLM's file of model prices, and our own table. Nothing is stored here.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tickets.models.gateway_model import PriceUnit

from .gateway_model import Listed
from .redaction import safe_words

MOST_MODELS = 5_000
MOST_PROBLEMS = 12
COLUMNS = ("name", "also_called", "retired_at", "successor", "unit", "price", "output_price", "currency")
NAME = re.compile(r"[A-Za-z0-9][\w./:@+\-()\[\] ]{0,159}")
_SEPARATOR = re.compile(r"[|;\n]")
_TOP_PRICE = Decimal(10) ** 9
_OTHER_COLUMNS = {
    "model": "name", "model_name": "name", "id": "name", "模型": "name", "名称": "name",
    "aliases": "also_called", "alias": "also_called", "别名": "also_called",
    "retired": "retired_at", "deprecation_date": "retired_at", "下线日期": "retired_at",
    "input_price": "price", "input": "price", "价格": "price", "输入价格": "price",
    "output": "output_price", "输出价格": "output_price",
    "单位": "unit", "币种": "currency", "替代": "successor", "replacement": "successor",
}  # fmt: skip
_UNITS = {
    "": PriceUnit.PER_1M_TOKENS, "per_1m_tokens": PriceUnit.PER_1M_TOKENS, "1m": PriceUnit.PER_1M_TOKENS,
    "per_million_tokens": PriceUnit.PER_1M_TOKENS, "per_call": PriceUnit.PER_CALL, "call": PriceUnit.PER_CALL,
    "per_second": PriceUnit.PER_SECOND, "second": PriceUnit.PER_SECOND, "per_image": PriceUnit.PER_IMAGE,
    "image": PriceUnit.PER_IMAGE,
}  # fmt: skip
_CURRENCIES = {"$": "USD", "¥": "CNY", "￥": "CNY", "RMB": "CNY", "€": "EUR"}
_LITELLM_PRICES = (
    ("input_cost_per_token", "output_cost_per_token", PriceUnit.PER_1M_TOKENS),
    ("output_cost_per_second", "", PriceUnit.PER_SECOND),
    ("input_cost_per_second", "", PriceUnit.PER_SECOND),
    ("output_cost_per_image", "", PriceUnit.PER_IMAGE),
    ("input_cost_per_image", "", PriceUnit.PER_IMAGE),
    ("input_cost_per_query", "", PriceUnit.PER_CALL),
)
_NEW_API_UNIT = 2  # USD for a million tokens at ratio 1


@dataclass(frozen=True, slots=True)
class ModelList:
    """`problems` are sentences; where there is one, `models` must not be used."""

    models: tuple[Listed, ...]
    problems: tuple[str, ...] = ()


class _Wrong(ValueError):
    pass


def read_models(text: str) -> ModelList:
    """Never raises. Each problem names the line or the model that it is about."""
    text = text.strip().lstrip("\ufeff")
    if not text:
        return ModelList((), (_("Paste a list or choose a file."),))
    try:
        entries = list(_from_json(text) if text[0] in "{[" else _from_table(text))
    except _Wrong as wrong:
        return ModelList((), (str(wrong),))
    models: dict[str, Listed] = {}
    problems: list[str] = []
    for where, values in entries:
        try:
            listed = _listed(values)
            if listed.name in models:
                raise _Wrong(_("the model stands in the list twice"))
            models[listed.name] = listed
        except _Wrong as wrong:
            problems.append(f"{where}: {wrong}")
    if len(models) > MOST_MODELS:
        problems.append(_("A list may have up to %(most)s models.") % {"most": f"{MOST_MODELS:,}"})
    if not models and not problems:
        problems.append(_("There is no model in this list."))
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems[MOST_PROBLEMS:] = [_("… and %(more)d more problems") % {"more": more}]
    return ModelList(tuple(models.values()), tuple(problems))


def as_table(models: Iterable[Mapping[str, Any]]) -> str:
    """Our own table, as `read_models` reads it back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    for values in models:
        row: dict[str, Any] = {name: "" if values.get(name) is None else values[name] for name in COLUMNS}
        row["also_called"] = "|".join(str(row["also_called"]).splitlines())
        for name in ("price", "output_price"):
            if isinstance(row[name], Decimal):
                row[name] = f"{row[name].normalize():f}"
        writer.writerow(row)
    return out.getvalue()


_Entry = tuple[str, Mapping[str, Any]]


def _from_table(text: str) -> Iterator[_Entry]:
    """A table with a first line of column names; without one, a name in each line."""
    lines = text.splitlines()
    delimiter = max(",;\t", key=lines[0].count)
    header = [_column(name) for name in next(csv.reader([lines[0]], delimiter=delimiter), [])]
    if "name" not in header:
        if any(mark in lines[0] for mark in ",;\t"):
            raise _Wrong(_("The first line must name the columns, one of them “name”."))
        yield from (
            (_("line %(number)d") % {"number": number}, {"name": line.strip()})
            for number, line in enumerate(lines, start=1)
            if line.strip()
        )
        return
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown:
        raise _Wrong(
            _("These columns are not known: %(names)s. Known are: %(known)s.")
            % {"names": ", ".join(map(_short, unknown)), "known": ", ".join(COLUMNS)}
        )
    reader = csv.reader(io.StringIO("\n".join(lines[1:])), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                where = _("line %(number)d") % {"number": reader.line_num + 1}
                yield where, dict(zip(header, (cell.strip() for cell in row), strict=False))
    except csv.Error:
        raise _Wrong(_("line %(number)d cannot be read") % {"number": reader.line_num + 1}) from None


def _column(written: str) -> str:
    name = written.strip().lower().replace(" ", "_")
    return _OTHER_COLUMNS.get(name, name)


def _from_json(text: str) -> Iterator[_Entry]:
    try:
        value = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as broken:
        where = {"line": broken.lineno, "column": broken.colno}
        raise _Wrong(_("This is no valid JSON: line %(line)d, column %(column)d.") % where) from None
    except (RecursionError, ValueError):
        raise _Wrong(_("This JSON is nested too deeply, or a number is too long.")) from None
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        value = value["data"]
    if isinstance(value, list):
        for number, entry in enumerate(value, start=1):
            yield _("entry %(number)d") % {"number": number}, _entry(entry)
    elif value and all(isinstance(entry, dict) for entry in value.values()):
        for name, entry in value.items():
            if name != "sample_spec":  # the description that LiteLLM's file begins with
                yield _short(name), {"name": name, **_priced(entry)}
    else:
        raise _Wrong(
            _(
                "This JSON is no list of models. Numbers alone do not say what they count: "
                "send the answer of /api/pricing, /model/info or /v1/models."
            )
        )


def _entry(entry: object) -> Mapping[str, Any]:
    """One entry of a list, in the form of whichever gateway it comes from."""
    if isinstance(entry, str):
        return {"name": entry}
    if not isinstance(entry, dict):
        raise _Wrong(_("Each entry must be a name or an object."))
    if isinstance(entry.get("model_info"), dict):
        return {"name": entry.get("model_name", ""), **_priced(entry["model_info"])}
    if "quota_type" in entry or "model_ratio" in entry:
        return {"name": entry.get("model_name", ""), **_by_ratio(entry)}
    if "name" not in entry and "id" in entry:
        return {"name": entry["id"]}
    known = {_column(name): value for name, value in entry.items()}
    return {name: known[name] for name in COLUMNS if name in known} | _priced(entry)


def _priced(entry: Mapping[str, Any]) -> dict[str, Any]:
    """LiteLLM's fields: prices for one token, second, image or query, in USD."""
    told: dict[str, Any] = {}
    for price, output, unit in _LITELLM_PRICES:
        given = _maybe_number(entry.get(price))
        if given is not None:
            size = 1_000_000 if unit is PriceUnit.PER_1M_TOKENS else 1
            made = _maybe_number(entry.get(output))
            told = {"unit": unit, "price": given * size, "currency": "USD"}
            if output:
                told["output_price"] = None if made is None else made * size
            break
    day = entry.get("deprecation_date")
    return told | ({"retired_at": day} if isinstance(day, str) and day[:1].isdigit() else {})


def _by_ratio(entry: Mapping[str, Any]) -> dict[str, Any]:
    """new-api's fields: a fixed price for a call, or a ratio to 2 USD for a million tokens."""
    if entry.get("quota_type") == 1:
        price = _maybe_number(entry.get("model_price"))
        return {} if price is None else {"unit": PriceUnit.PER_CALL, "price": price, "currency": "USD"}
    ratio = _maybe_number(entry.get("model_ratio"))
    if ratio is None:
        return {}
    output = _maybe_number(entry.get("completion_ratio"))
    price = ratio * _NEW_API_UNIT
    return {
        "unit": PriceUnit.PER_1M_TOKENS, "price": price, "currency": "USD",
        "output_price": None if output is None else price * output,
    }  # fmt: skip


def _maybe_number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _listed(values: Mapping[str, Any]) -> Listed:
    name = _name(values.get("name"))
    told: dict[str, Any] = {}
    if "also_called" in values:
        told["also_called"] = "\n".join(_names(values["also_called"]))
    if "retired_at" in values:
        told["retired_at"] = _day(values["retired_at"])
    if "successor" in values:
        told["successor"] = _name(values["successor"]) if values["successor"] else ""
    for field in ("price", "output_price"):
        if field in values:
            told[field] = _price(values[field])
    if "price" in told:
        told["unit"] = _unit(values.get("unit"))
        told["currency"] = _currency(values.get("currency"))
    return Listed(name, told)


def _name(written: object) -> str:
    name = str(written or "").strip()
    if not name:
        raise _Wrong(_("the name is missing"))
    if not NAME.fullmatch(name):
        raise _Wrong(_("“%(name)s” is no name of a model") % {"name": _short(name)})
    if safe_words(name) != name:
        raise _Wrong(_("the name looks like a secret key"))
    return name


def _names(written: object) -> list[str]:
    parts = written if isinstance(written, list) else _SEPARATOR.split(str(written or ""))
    return [_name(part) for part in parts if str(part).strip()]


def _day(written: object) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(str(written).strip()[:10])
    except ValueError:
        raise _Wrong(
            _("“%(day)s” is no date; write it as 2026-11-30") % {"day": _short(str(written))}
        ) from None


def _price(written: object) -> Decimal | None:
    if written is None or str(written).strip() == "":
        return None
    try:
        price = Decimal(str(written).strip().lstrip("$¥￥€"))
        if not 0 <= price < _TOP_PRICE:
            raise InvalidOperation
    except InvalidOperation:
        raise _Wrong(_("“%(price)s” is no price") % {"price": _short(str(written))}) from None
    return price.quantize(Decimal(10) ** -10)


def _unit(written: object) -> str:
    unit = _UNITS.get(str(written or "").strip().lower().replace(" ", "_"))
    if unit is None:
        known = ", ".join(PriceUnit.values)
        raise _Wrong(
            _("“%(unit)s” is no unit; known are %(known)s") % {"unit": _short(str(written)), "known": known}
        )
    return str(unit)


def _currency(written: object) -> str:
    code = str(written or "USD").strip().upper()
    code = _CURRENCIES.get(code, code)
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise _Wrong(_("“%(code)s” is no currency; write USD or CNY") % {"code": _short(code)})
    return code


def _short(text: str) -> str:
    return safe_words(text if len(text) <= 40 else f"{text[:39]}…")
