"""Files that nobody here wrote go down the whole road; `make drill` takes every sample."""

from __future__ import annotations

from collections import Counter

import pytest

from casework.collect import REPORTED, UNREADABLE
from tests.letters.reading import flat_text
from tests.real_council import SHARED
from tests.real_road import RealRoad, run

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared samples are not beside the tree"
)


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> RealRoad:
    """The everyday samples as one subject's file."""
    return run(tmp_path_factory.mktemp("real"), everything=False)


def test_real_files_reach_a_verified_pack(road: RealRoad) -> None:
    """Tables, documents, mail and service answers end in one verified, approved, sent pack."""
    case = road.case
    assert case.closed is not None and case.refused is None
    assert case.seal is not None and case.seal.event.verifier
    assert len(case.read) >= road.council.files
    assert list(case.dispatches.values()) == [True]


def test_every_source_ends_and_says_how(road: RealRoad) -> None:
    """No source fails or stays silent; rows that came in are accounted for."""
    ended = {name: event for name, (_, event) in road.case.sources.items()}
    assert set(ended) == {s.name for s in road.office.sources}
    assert {e.status for e in ended.values()} <= {"found", "nothing held", "cannot search by this"}
    assert all(e.rows_in == e.rows_accounted for e in ended.values())
    assert ended["looked_after_return"].rows_in == 6
    assert ended["in_need_return"].status == "found"


def test_what_cannot_be_read_is_said_and_why(road: RealRoad) -> None:
    """A locked, a cut-off and an empty file are each put before a person with what to do."""
    said = dict(road.unread)
    assert {"tika_testEXCEL_protected_passtika", "tika_testWORD_truncated"} <= set(said)
    assert all(why and all(line.endswith(".") for line in why) for why in said.values())
    assert len(said) < road.council.files / 10


def test_what_cannot_be_read_is_told_to_the_requester(road: RealRoad) -> None:
    """The certificate says beside the place how many documents nobody could read."""
    seal = road.case.seal
    assert seal is not None
    text = flat_text(road.office.store.get_file(road.ref, seal.event.file))
    told = {
        question.body["document"]
        for question in road.case.answered(UNREADABLE)
        if question.answer and question.answer.value == REPORTED[0]
    }
    places = Counter(road.case.documents[document].source for document in told)
    assert places
    for count in places.values():
        assert f"{count} documents that are kept here could not be read" in text or (
            count == 1 and "One document that is kept here could not be read" in text
        )


def test_no_clear_copy_is_left(road: RealRoad) -> None:
    """After documents that nobody foresaw no working copy is left behind."""
    scratch = road.office.settings.scratch
    assert not scratch.exists() or list(scratch.iterdir()) == []
    assert road.office.store.verify().passes
