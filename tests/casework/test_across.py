"""The same sentence treated otherwise in another case is told, and nothing else is."""

from __future__ import annotations

from casework.across import differences
from redaction.decisions import Span
from redaction.document import Page, ReadDocument

SAID = "Darren was seen outside the school on Monday. "
KEPT = "The twins went swimming with their mother on Friday. "


def _document(name: str, *sentences: str) -> ReadDocument:
    page = Page(1, 595, 842, "".join(sentences), ())
    return ReadDocument(name, "text/plain", name * 8, (page,))


def test_a_sentence_covered_for_one_and_open_for_the_other_is_told_once() -> None:
    """With its place on each side, though the two files use the same ids; what both treat alike,
    and what stands in one file only, is not told."""
    ours = [_document("d1", SAID, KEPT)]
    theirs = [_document("d1", KEPT, SAID), _document("d2", "Nobody else was in the room that day.")]
    covered = {("d1", 1): [(0, 6)]}
    shown: dict[tuple[str, int], list[tuple[int, int]]] = {("d1", 1): [], ("d2", 1): []}
    ((here, there),) = differences(ours, covered, theirs, shown)
    assert here == Span("d1", 1, 0, here.end) and SAID.startswith(ours[0].pages[0].text[: here.end])
    assert (there.document, there.start) == ("d1", len(KEPT))
    alike = {("d1", 1): [(len(KEPT), len(KEPT) + 6)], ("d2", 1): []}
    assert list(differences(ours, covered, theirs, alike)) == []
