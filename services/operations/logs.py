"""What the app writes to standard output: one line an event, for machines; never about a person.

Three walls, each for itself: our own modules log ids and kinds only; what another library says
comes through without its values; and whatever still looks like personal data is blotted out.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict

from db.session import settings
from db.settings import Settings

OURS = frozenset(
    {"access", "due_work", "gate", "messages", "screens", "start", "services", "db", "matching"}
)
"""First parts of the names of our own loggers."""
BLOT = "…"
_SECRETS = re.compile(
    r"(?i)(?P<kept>/(?:public|signin)/[\w-]{1,20}/"
    r"|/_stcore/upload_file/|/media/|\b(?:sid|token|secret|code|password|state)=)[^\s/?&\"']+"
)
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|\+\d[\d\s-]{7,}\d"  # phone
    r"|(?<![\w-])\d{11}(?![\w-])"  # personal number
    r"|(?<![\w-])\d{2}[A-Z]{2}\d{5}(?![\w-])"  # passport
    r"|[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]{2,}"  # Georgian: our own logs are English
)
FIELDS = frozenset({"event", "level", "logger", "timestamp", "process"})
ALLOWED = FIELDS | {
    "bytes", "count", "error", "frames", "job", "method", "ms", "number", "officer", "page",
    "path", "request", "slow", "status",
}  # fmt: skip
"""The only fields that a line has: a new one is thought about first."""


def configure() -> logging.Handler:
    """Let everything that logs in this process write so; called once, before the first request.

    The handler is for libraries that take loggers of their own out of the tree.
    """
    now = settings()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter(now))
    handler.addFilter(comes_through)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level_of(now))
    # The server's loggers bring handlers of their own, and Streamlit's do not pass anything on.
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
    sys.excepthook = _write_uncaught
    threading.excepthook = lambda given: _write_uncaught(
        given.exc_type, given.exc_value, given.exc_traceback
    )
    logging.captureWarnings(True)
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold ids of sessions
    return handler


def _write_uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    """What nobody caught, in a thread or at the very end: Python would print its words."""
    if kind is KeyboardInterrupt:
        return
    told = (kind, error or kind(), trace)
    logging.getLogger("services").log(logging.CRITICAL, "uncaught", exc_info=told)


def level_of(now: Settings) -> int:
    """The least level that is written."""
    by_environment = "WARNING" if now.environment == "demo" else "INFO"
    return int(getattr(logging, now.log_level.upper() or by_environment))


def formatter(now: Settings) -> structlog.stdlib.ProcessorFormatter:
    """Lines as the settings ask for: JSON, or text for a person at a terminal."""
    in_json = now.log_format == "json" or (not now.log_format and now.environment == "production")
    last = structlog.processors.JSONRenderer(sort_keys=True) if in_json else _as_text
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            without_words_of_exceptions,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_personal_data,
            last,
        ],
        use_get_message=True,
    )


def comes_through(record: logging.LogRecord) -> bool:
    """Another library's record from a warning on, and without the values it names."""
    if record.name.partition(".")[0] in OURS:
        return True
    quietest = logging.INFO if record.name.startswith("uvicorn") else logging.WARNING
    if record.levelno < quietest:
        return False
    record.args = ()
    if not isinstance(record.msg, str):
        record.msg = type(record.msg).__name__
    return True


def without_words_of_exceptions(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Say of an exception its kind and where it came from: its words may tell of a person."""
    told = event.pop("exc_info", None) or event.pop("exception", None)
    record = event.get("_record")
    if record is not None and record.exc_info:
        told, record.exc_info, record.exc_text = record.exc_info, None, None
    if isinstance(told, tuple) and told[0] is not None:
        event["error"] = told[0].__name__
        event["frames"] = frames_of(told[2])
    return event


def frames_of(trace: TracebackType | None) -> list[str]:
    """Where an exception came from, innermost last: files and functions, no values."""
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def without_personal_data(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Only known fields, and in their texts nothing that looks like a person's."""
    return {name: blotted(value) for name, value in event.items() if name in ALLOWED}


def blotted(value: Any) -> Any:
    """A value with secrets of links, addresses, numbers and names in Georgian made unreadable."""
    match value:
        case str():
            return _PERSONAL.sub(BLOT, _SECRETS.sub(rf"\g<kept>{BLOT}", value))
        case list() | tuple():
            return [blotted(one) for one in value]
        case bool() | int() | float() | None:
            return value
        case _:
            return type(value).__name__


def _as_text(_logger: Any, _method: str, event: Mapping[str, Any]) -> str:
    more = " ".join(f"{name}={event[name]}" for name in sorted(event.keys() - FIELDS))
    head = f"{event.get('timestamp', '')} {str(event.get('level', '')).upper():8}"
    return f"{head} {event.get('logger', '')}: {event.get('event', '')} {more}".rstrip()


@contextmanager
def told_apart(**values: str | int | None) -> Iterator[None]:
    """Let every line within the block carry these fields: the request, the page, the officer."""
    with structlog.contextvars.bound_contextvars(**values):
        yield
