"""A record that was brought in, read strictly into a line of a charge."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from tickets.models import ChargeLine
from tickets.services.catalogue import catalogue
from tickets.services.redaction import safe_words

COLUMNS = (
    "kind", "amount", "currency", "at", "account", "provider", "model", "request_id", "task_id", "cause",
    "input_tokens", "output_tokens", "seconds", "id",
)  # fmt: skip
OTHER_NAMES = {
    "type": "kind", "类型": "kind", "cost": "amount", "spend": "amount", "price": "amount", "fee": "amount",
    "金额": "amount", "费用": "amount", "unit": "currency", "币种": "currency", "time": "at", "timestamp": "at",
    "created_at": "at",
    "occurred_at": "at", "starttime": "at", "时间": "at", "user": "account", "username": "account",
    "end_user": "account", "账户": "account", "用户": "account",
    "channel_name": "provider", "custom_llm_provider": "provider",
    "供应商": "provider", "model_name": "model", "模型": "model", "requestid": "request_id", "request": "request_id",
    "req_id": "request_id", "请求id": "request_id", "taskid": "task_id", "task": "task_id", "任务id": "task_id",
    "prompt_tokens": "input_tokens", "completion_tokens": "output_tokens", "duration": "seconds", "原因": "cause",
}  # fmt: skip
KINDS = {
    "": "settle", "settle": "settle", "settled": "settle", "charge": "settle", "charged": "settle", "consume": "settle",
    "2": "settle", "结算": "settle", "扣费": "settle", "消费": "settle", "reserve": "reserve", "reserved": "reserve",
    "pre_consume": "reserve", "hold": "reserve", "预扣": "reserve", "预扣费": "reserve", "refund": "refund",
    "refunded": "refund", "return": "refund", "returned": "refund", "6": "refund", "退款": "refund", "退还": "refund",
    "返还": "refund",
}  # fmt: skip
TEXTS = {"account": 200, "provider": 80, "model": 160, "request_id": 200, "task_id": 200}
CURRENCIES = {"RMB": "CNY", "¥": "CNY", "￥": "CNY", "$": "USD", "€": "EUR"}
QUOTA_OF_ONE_USD = Decimal(500_000)  # the unit in which new-api and one-api keep their accounts


YEARS = range(1971, 9000)


class BadRecord(ValueError):
    """The record cannot be taken; the message says what would fit."""


def read_record(given: Mapping[str, Any]) -> ChargeLine:
    """Texts are masked like everywhere. Raises BadRecord."""
    row = {OTHER_NAMES.get(name, name): value for name, value in given.items() if value not in (None, "")}
    kind = KINDS.get(str(row.get("kind", "")).strip().lower().replace("-", "_"))
    if kind is None:
        raise BadRecord(_("kind is reserve, settle or refund."))
    if "amount" not in row and "quota" in row:
        row["amount"] = _decimal("quota", row["quota"]) / QUOTA_OF_ONE_USD
        row["currency"] = "USD"
    texts = {name: safe_words(str(row.get(name, "")))[:most] for name, most in TEXTS.items()}
    if not (texts["request_id"] or texts["task_id"] or texts["account"]):
        raise BadRecord(_("Nothing says whose it is: write request_id, task_id or account."))
    amount = _decimal("amount", row["amount"]) if "amount" in row else None
    line = ChargeLine(
        kind=kind,
        source=ChargeLine.Source.IMPORT,
        at=_time(row.get("at")),
        amount=None if amount is None else amount.quantize(Decimal("0.000001")),
        currency=_currency(row.get("currency", "")) if amount is not None else "",
        cause=_cause(row.get("cause", "")),
        input_tokens=_whole("input_tokens", row.get("input_tokens")),
        output_tokens=_whole("output_tokens", row.get("output_tokens")),
        seconds=_decimal("seconds", row["seconds"]) if "seconds" in row else None,
        **texts,
    )
    line.code = uuid5(NAMESPACE_URL, _identity(line, str(row.get("id", ""))))
    return line


def _identity(line: ChargeLine, number: str) -> str:
    """The same record brought in again is the same line."""
    parts = (
        line.kind,
        line.at.isoformat(),
        line.amount,
        line.currency,
        line.account,
        line.request_id,
        line.task_id,
    )
    return "\0".join(["charge line", *map(str, parts), number])


def _time(value: object) -> datetime:
    if value is None:
        raise BadRecord(_("at is missing: the time, such as 2026-01-31T14:05:00Z."))
    try:
        if str(value).strip().isdecimal():
            return datetime.fromtimestamp(int(str(value)[:13]) / (1000 if len(str(value)) > 11 else 1), UTC)
        moment = datetime.fromisoformat(str(value).strip())
        if moment.year in YEARS:
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        raise ValueError
    except (ValueError, OverflowError, OSError):
        raise BadRecord(_("at must be a time, such as 2026-01-31T14:05:00Z.")) from None


def _decimal(field: str, value: object) -> Decimal:
    try:
        amount = Decimal(str(value).strip().replace("$", "").replace("¥", ""))
        if 0 <= amount < 10**9:
            return amount
    except InvalidOperation:
        pass
    raise BadRecord(_("%(field)s must be a number, such as 0.25.") % {"field": field})


def _whole(field: str, value: object) -> int | None:
    return None if value is None else int(_decimal(field, value))


def _currency(value: object) -> str:
    code = str(value).strip().upper()
    code = CURRENCIES.get(code, code)
    if not (3 <= len(code) <= 8 and code.isascii() and code.isalpha()):
        raise BadRecord(_("currency is missing: its code, such as USD."))
    return code


def _cause(value: object) -> str:
    cause = str(value).strip()
    if cause and cause not in catalogue().causes:
        raise BadRecord(_("cause is not one that the desk knows, such as upstream.error."))
    return cause
