"""The kinds of nothing that a source can give, told apart.

*Nothing held* is an answer: the iterators are empty. *Cannot search by this* and *suspended* are
these errors. Any other `SourceError` means that the source failed. None is taken for another: only
the first lets a search say that there is nothing.
"""

from __future__ import annotations

from rights.errors import SourceError


class CannotSearchError(SourceError):
    """The source answered that it does not know this kind of number."""


class SuspendedError(SourceError):
    """The source is out of use for a while, for a reason its mapping gives."""


def cannot_search(source: str) -> CannotSearchError:
    """The error for a source that cannot be searched by what it was asked with."""
    return CannotSearchError(
        "sources.cannot_search",
        f"The source '{source}' cannot be searched by the numbers that are known.",
        "Ask its owner by which number or name it can be searched.",
    )


def suspended(source: str, reason: str) -> SuspendedError:
    """The error for a source that is out of use."""
    return SuspendedError(
        "sources.suspended",
        f"The source '{source}' is out of use: {reason}",
        "Search again when it is back, or go on without it and say so.",
    )
