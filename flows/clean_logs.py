"""The log filter: no traceback and no exception text leaves a run."""

from __future__ import annotations

import logging


class CleanFilter(logging.Filter):
    """Drops tracebacks, and the arguments of any record that carries an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, cleaned in place."""
        carries = any(isinstance(a, BaseException) for a in _values(record.args))
        if record.exc_info or record.exc_text or carries:
            kind = (
                record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "error"
            )
            record.msg, record.args = f"{record.name}: {kind} (text withheld)", None
            record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def _values(args: object) -> tuple[object, ...]:
    if isinstance(args, dict):
        return tuple(args.values())
    return args if isinstance(args, tuple) else ()
