"""Where a process's lines go: JSON under `$FENGSUI_HOME/logs`, rotated; warnings to standard error too.

A line names what happened and where, never what somebody wrote: no bodies, no query strings, no
messages of exceptions (a database quotes values in them), only their types and the places passed.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from django.conf import settings

_LARGEST_BYTES, _KEPT = 10_000_000, 10
_EXTRA = ("route", "method", "status", "ms", "post")


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": _words(record),
        }
        said |= {name: vars(record)[name] for name in _EXTRA if name in vars(record)}
        if record.exc_info and record.exc_info[0]:
            said |= {"error": record.exc_info[0].__name__, "through": _places(record.exc_info[2])}
        return json.dumps(said, ensure_ascii=False, default=str)


def _words(record: logging.LogRecord) -> str:
    """The message; of what Django says about requests only the sentence without its address."""
    if record.name.startswith("django."):
        return str(record.msg).replace("%s", "…").splitlines()[0]
    return record.getMessage()


def _places(trace: object) -> list[str]:
    frames = traceback.extract_tb(trace)  # type: ignore[arg-type]  # exc_info is typed as a union of tuples
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def begin(process: str) -> None:
    """Let this process write to `logs/<process>.jsonl`. A full disk loses lines, never the process."""
    folder = Path(settings.HOME) / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    logging.raiseExceptions = False
    to_file = RotatingFileHandler(
        folder / f"{process}.jsonl", maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8"
    )
    to_screen = logging.StreamHandler(sys.stderr)
    to_screen.setLevel(logging.WARNING)
    for handler in (to_file, to_screen):
        handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [to_file, to_screen]
    root.setLevel(logging.INFO)
    # What is answered with 4xx has its own line by route; Django's would repeat it with the address.
    logging.getLogger("django.request").setLevel(logging.ERROR)
