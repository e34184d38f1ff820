"""Logs: one JSON object a line, with the request id, without phone or identity numbers."""

import re
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict

PHONE = re.compile(r"(?<!\d)((?:\+?86)?1[3-9]\d)\d{4}(\d{4})(?!\d)")
IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}\d{3}[\dXx](?!\d)")


def mask(text: str) -> str:
    """`text` with mobile phones as 138****5678 and identity numbers cut to their area code."""
    return PHONE.sub(r"\1****\2", IDENTITY.sub(r"\1************", text))


def mask_line(_logger: object, _method: str, line: str) -> str:
    """The last log processor: masks the finished line, tracebacks included."""
    return mask(line)


def drop_query(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """Cut the query from a logged address: what somebody searched for is not the log's business."""
    if isinstance(entry.get("request"), str):
        entry["request"] = entry["request"].partition("?")[0]
    return entry


BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    drop_query,
]
"""What every entry goes through, ours and the libraries'."""


def configure() -> None:
    """Send structlog through the standard library's logging, once per process."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *BEFORE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_settings(folder: Path | None, level: str, screen_level: str) -> dict[str, Any]:
    """Django's LOGGING: everything from `level` to a file in `folder`, `screen_level` to stderr.

    Without a folder only stderr is written. The file may be moved away by logrotate.
    """
    handlers: dict[str, Any] = {
        "screen": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "level": screen_level,
        },
    }
    if folder is not None:
        handlers["file"] = {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": str(folder / "yishi.jsonl"),
            "formatter": "json",
            "level": level,
            "delay": True,
            "encoding": "utf-8",
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                    mask_line,
                ],
            },
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": level},
        # Django would print a second, unmasked copy through handlers of its own.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
        },
    }
