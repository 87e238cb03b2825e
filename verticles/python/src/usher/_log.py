"""Log lines: words on a terminal, JSON elsewhere. Never a payload, never a handler's message."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import traceback
from datetime import datetime, timezone
from typing import Any, Dict

LOG = logging.getLogger("usher")
QUIET_SECONDS = 30.0
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class JsonLines(logging.Formatter):
    """One JSON object for each line of log."""

    def format(self, record: logging.LogRecord) -> str:
        line: Dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


class Words(logging.Formatter):
    """The same for a person."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-5s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", {})
        return super().format(record) + "".join(" {}={}".format(*item) for item in fields.items())


def set_up() -> None:
    """Logs to standard error, unless the program has set up its own logging."""
    if not logging.getLogger().handlers:
        stream = logging.StreamHandler(sys.stderr)
        stream.setFormatter(Words() if sys.stderr.isatty() else JsonLines())
        logging.getLogger().addHandler(stream)
    level = os.environ.get("USHER_LOG_LEVEL", "INFO").upper()
    LOG.setLevel(level if level in LEVELS else "INFO")


def say(level: int, message: str, **fields: Any) -> None:
    """One line with fields."""
    LOG.log(level, message, extra={"fields": fields})


class FailureLog:
    """Says that attempts fail: the first at once, then one line for all of half a minute."""

    def __init__(self) -> None:
        self._last = time.monotonic() - QUIET_SECONDS
        self._quiet = 0

    def add(self, delivery: str, attempt: int, verdict: str, thrown: BaseException) -> None:
        now = time.monotonic()
        is_quiet = now - self._last < QUIET_SECONDS
        say(
            logging.DEBUG if is_quiet else logging.WARNING,
            "attempt " + verdict,
            delivery=delivery,
            attempt=attempt,
            failure=type(thrown).__name__,
            at=place(thrown),
            unsaid=self._quiet,
        )
        self._quiet = self._quiet + 1 if is_quiet else 0
        self._last = self._last if is_quiet else now


def place(thrown: BaseException) -> str:
    """The line that an exception came from."""
    frames = traceback.extract_tb(thrown.__traceback__)
    if not frames:
        return ""
    return "{}:{}".format(os.path.basename(frames[-1].filename), frames[-1].lineno)
