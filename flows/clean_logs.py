"""The log filter: no traceback and no exception text leaves a run.

An exception's text can hold a person's data, and Prefect keeps log lines in clear. What remains is
the kind of error and the place in the code where it arose, which is what a developer needs first.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

_HOUSE = Path(__file__).resolve().parent.parent
_OURS = {"rights", "redaction", "letters", "casework", "flows", "desk", "cli"}


class CleanFilter(logging.Filter):
    """Replaces the text of any record that carries an exception by its kind and place."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, cleaned in place."""
        error = _carried(record)
        if error is not None or record.exc_text or record.stack_info:
            where = place_of(error) if error is not None else "text withheld"
            record.msg, record.args = f"{record.name}: {where}", None
            record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def place_of(error: BaseException) -> str:
    """The kind of an error and the last place in our own code that it passed: no text of it."""
    kind = type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_HOUSE) and path.relative_to(_HOUSE).parts[0] in _OURS:
            return f"{kind} at {path.relative_to(_HOUSE)}:{frame.lineno}"
    return kind


def _carried(record: logging.LogRecord) -> BaseException | None:
    if record.exc_info and record.exc_info[1] is not None:
        return record.exc_info[1]
    values = (*_values(record.args), record.msg)
    return next((a for a in values if isinstance(a, BaseException)), None)


def _values(args: object) -> tuple[object, ...]:
    if isinstance(args, dict):
        return tuple(args.values())
    return args if isinstance(args, tuple) else ()
