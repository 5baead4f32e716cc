"""An officer adds, rewords and takes away what is said before a document; the pack follows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casework.content_warnings import reword, warned
from rights.errors import InputError, RefusedError
from rights.road import seal_stands
from tests.letters.reading import flat_text
from tests.small_office import STAFF, PlainAt, Small

OFFICER = STAFF["officer1"]
WORDS = "It speaks of a fire."


@pytest.fixture(scope="module")
def small(plain_at: PlainAt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """A pack that waits for its approval."""
    small = plain_at("approve", tmp_path_factory.mktemp("warned") / "home")
    yield small
    small.office.store.close()


def test_what_is_decided_stands_in_the_pack_that_is_approved(small: Small) -> None:
    """Added, it voids the seal and stands in the next pack; taken away, it is gone from it."""
    office, ref = small.office, small.ref
    rows = warned(office, office.case(ref))
    first = next(row for row in rows if not row.said)
    assert not first.decided and WORDS not in flat_text(small.pack())
    case = reword(office, ref, first.document, " It speaks of\na fire.", "She was there.", OFFICER)
    assert not seal_stands(case) and OFFICER.actor.login in case.deciders
    assert small.until("approve").waiting
    assert WORDS in flat_text(small.pack())
    again = next(r for r in warned(office, office.case(ref)) if r.document == first.document)
    assert (again.said, again.proposed, again.decided) == (WORDS, "", True)
    reword(office, ref, first.document, "", "It is a candle.", OFFICER)
    small.until("approve")
    assert WORDS not in flat_text(small.pack())


@pytest.mark.parametrize(
    ("words", "reason", "code"),
    [
        ("a fire", "x", "warning.words"),
        ("A" * 400 + ".", "x", "warning.words"),
        (WORDS, " ", "warning.reason"),
    ],
)
def test_what_is_no_warning_is_refused(small: Small, words: str, reason: str, code: str) -> None:
    """A calm sentence, and why; of a document that is in the pack; by an officer."""
    row = warned(small.office, small.office.case(small.ref))[0]
    with pytest.raises(InputError, match=code.replace(".", r"\.")):
        reword(small.office, small.ref, row.document, words, reason, OFFICER)
    with pytest.raises(InputError, match=r"warning\.document"):
        reword(small.office, small.ref, "elsewhere", WORDS, "x", OFFICER)
    with pytest.raises(RefusedError):
        reword(small.office, small.ref, row.document, WORDS, "x", STAFF["legal"])
