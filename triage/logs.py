"""Log lines: structured, on standard error, and never with a secret in them."""

import logging
import logging.config
import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from triage.engine.redact import redact

LINK_KEY = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}")  # a path segment that is a follow-up token


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Masks secrets in the finished line, so that messages, arguments and tracebacks are all covered."""

    def __init__(self, *, pepper: bytes, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._pepper = pepper

    def format(self, record: logging.LogRecord) -> str:
        line = LINK_KEY.sub("[link]", super().format(record))
        return redact(line, pepper=self._pepper).text


def without_request(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Django attaches the whole request to its lines; the line itself names the path already."""
    event.pop("request", None)
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    without_request,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


JSON_LINES: list[Processor] = [
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]
PLAIN_LINES: list[Processor] = [
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]


def logging_config(*, level: str, as_json: bool, pepper: bytes) -> dict[str, Any]:
    """For logging.config.dictConfig: one handler for everything, Celery and gunicorn included."""
    ending = JSON_LINES if as_json else PLAIN_LINES
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "redacting": {
                "()": RedactingFormatter,
                "pepper": pepper,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "redacting"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level, "propagate": True, "handlers": []},
            "django.server": {"level": level, "propagate": True, "handlers": []},
            "django.security.RequestDataTooBig": {"level": "CRITICAL"},  # a visitor's slip, told on the page
            "httpx": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "gunicorn": {"level": "WARNING"},
        },
    }


def configure(config: dict[str, Any]) -> None:
    """Django calls this with LOGGING, in every process, before anything else runs."""
    logging.config.dictConfig(config)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
