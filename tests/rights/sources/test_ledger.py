from __future__ import annotations

import pytest

from rights.errors import IntegrityError
from rights.sources import LedgerLine, Status


def test_found_needs_every_row_accounted_for():
    """A source that says 5 and gives 4 is not a search result."""
    with pytest.raises(IntegrityError, match="holds 5 rows; 4 are accounted for"):
        LedgerLine("s", Status.FOUND, rows_in=5, rows_accounted=4)


@pytest.mark.parametrize(
    ("status", "settled"),
    [
        (Status.PENDING, False),
        (Status.FAILED, False),
        (Status.CANNOT_SEARCH, False),
        (Status.NOTHING_HELD, True),
        (Status.DESTROYED, True),
    ],
)
def test_silence_and_failure_are_never_settled(status, settled):
    """Only an answer ends the asking of a source."""
    assert LedgerLine("s", status).settled is settled
