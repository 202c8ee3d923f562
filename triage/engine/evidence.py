"""The vocabulary of evidence: which facts one observed request has, and where each was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

Value = str | int | float | bool


class Kind(StrEnum):
    """How a field's value is written, compared and edited."""

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    SECONDS = "seconds"
    MONEY = "money"
    YES_NO = "yes_no"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind
    en: str
    zh: str
    asked: bool = False  # a person is asked for it when it is missing

    def in_language(self, language: str) -> str:
        return self.zh if language.lower().startswith("zh") else self.en


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        field.name: field
        for field in (
            Field("account", Kind.TEXT, "Account", "账户", asked=True),
            Field("key_owner", Kind.TEXT, "Key owner", "密钥持有人", asked=True),
            Field("key", Kind.CODE, "Key", "密钥"),
            Field("occurred_at", Kind.TIME, "Time", "时间", asked=True),
            Field("model", Kind.CODE, "Model", "模型", asked=True),
            Field("endpoint", Kind.CODE, "Endpoint", "接口", asked=True),
            Field("http_status", Kind.INTEGER, "Status", "状态码", asked=True),
            Field("raw_error", Kind.TEXT, "Raw error", "原始错误", asked=True),
            Field("request_id", Kind.CODE, "Request id", "请求 ID", asked=True),
            Field("task_id", Kind.CODE, "Task id", "任务 ID", asked=True),
            Field("charged", Kind.YES_NO, "Charged", "是否扣费", asked=True),
            Field("retries", Kind.INTEGER, "Retried", "重试次数", asked=True),
            Field("request_type", Kind.CODE, "Request type", "请求类型"),
            Field("provider", Kind.CODE, "Provider", "供应商"),
            Field("error_type", Kind.CODE, "Error type", "错误类型"),
            Field("error_code", Kind.CODE, "Error code", "错误码"),
            Field("task_state", Kind.CODE, "Task state", "任务状态"),
            Field("client", Kind.CODE, "Client", "客户端"),
            Field("stream", Kind.YES_NO, "Streamed", "是否流式"),
            Field("amount", Kind.MONEY, "Amount", "金额"),
            Field("exception", Kind.CODE, "Exception", "异常"),
            Field("retry_after", Kind.SECONDS, "Retry after", "建议等待"),
            Field("region", Kind.CODE, "Region", "地域"),
            Field("base_url", Kind.CODE, "Base URL", "Base URL"),
        )
    }
)

# The fields that the command and the API print, in the order of the stable contract.
PRINTED_FIELDS = (
    "http_status", "error_type", "error_code", "model", "endpoint", "request_type", "provider", "request_id",
    "task_id", "client", "stream", "retries", "charged", "exception", "retry_after", "region", "base_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters in the redacted text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one field, with the words it was read from and the reader that read it.

    `trust` runs from 0 to 1 and orders readings of the same field: a header outranks a guess from prose.
    """

    field: str
    value: Value
    span: Span | None
    by: str
    trust: float = 0.5


@dataclass(frozen=True, slots=True)
class Layer:
    """One error envelope found in the text; layers are ordered from the outermost to the innermost."""

    message: str
    error_type: str = ""
    error_code: str = ""
    http_status: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read from one text: readings, error layers, and which stretches are machine output."""

    readings: tuple[Reading, ...] = ()
    layers: tuple[Layer, ...] = ()
    machine: tuple[Span, ...] = ()
    shapes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def best(self, field: str) -> Reading | None:
        """The most trusted reading of a field; among equals the first one found."""
        found = [reading for reading in self.readings if reading.field == field]
        return max(found, key=lambda reading: reading.trust) if found else None

    def value(self, field: str) -> Value | None:
        reading = self.best(field)
        return None if reading is None else reading.value

    def values(self) -> dict[str, Value]:
        """The best value of every field that was found, in the order of FIELDS."""
        best = {field: self.best(field) for field in FIELDS}
        return {field: reading.value for field, reading in best.items() if reading is not None}

    def with_known(self, known: Mapping[str, Value]) -> "Evidence":
        """The same evidence with values that people, forms or gateways gave; they outrank every reading."""
        given = tuple(
            Reading(field, value, None, "known", 1.0) for field, value in known.items() if field in FIELDS
        )
        return replace(self, readings=given + self.readings) if given else self

    @property
    def innermost(self) -> Layer | None:
        return self.layers[-1] if self.layers else None
