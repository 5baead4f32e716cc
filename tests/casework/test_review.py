"""Reviewing: what a page shows, what a reviewer may mark, and that every mark is an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from casework.questions import Given, answer
from casework.review import (
    Marking,
    MarkState,
    PageLine,
    Review,
    Shelf,
    cast_of,
    decide_mention,
    draw_box,
    mark_page_read,
    mark_text,
    mark_words,
    page_lines,
    page_picture,
    page_view,
    preview_picture,
    professionals_as_proposed,
    request_document,
    take_back,
)
from casework.topics import NOBODY_ELSE, SOMEBODY
from redaction.decisions import Outcome, PagePlan, Proposal
from redaction.document import Box, PageKind
from rights.errors import ConflictError, InputError, RefusedError
from rights.events.kinds import PageRead
from rights.release import FactKind
from tests.small_council import SmallTruth, demo_rules
from tests.small_office import STAFF, open_small, receive_letter, signed_in

pytestmark = pytest.mark.xdist_group("review")
OFFICER, MANAGER = STAFF["officer1"], STAFF["manager"]
Open = Callable[[], Review]


def _proposal(review: Review, text: str, **wanted: object) -> Proposal:
    return next(
        p
        for p in review.bundle.proposals
        if text in p.text and all(getattr(p, k) == v for k, v in wanted.items())
    )


def _state(review: Review, proposal: Proposal) -> MarkState:
    view = page_view(review, proposal.span.document, proposal.span.page)
    return next(m.state for m in view.proposals if m.proposal.id == proposal.id)


def _page_with(review: Review, words: str) -> tuple[str, int]:
    return next(
        (d.id, p.number) for d in review.bundle.documents for p in d.pages if words in p.text
    )


def test_there_is_nothing_to_review_before_something_is_proposed(
    small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """The shelf refuses with the next step."""
    council, truth = small_council
    office = open_small(tmp_path / "home", council)
    ref = receive_letter(office, truth)
    with pytest.raises(RefusedError, match="not ready"):
        Shelf(office).open(ref)


def test_nothing_is_decided_before_somebody_decides(open_review: Open) -> None:
    """Every proposal but the subject's own data is open, whatever else already covers it."""
    review = open_review()
    for line in page_lines(review):
        for mark in page_view(review, line.document, line.number).proposals:
            own = mark.proposal.decided_by == "law"
            assert (mark.state is MarkState.OPEN) is not own
            assert own or mark.question


def test_a_decision_on_one_place_stands_for_that_place_only(open_review: Open) -> None:
    """It is one event; taken back, the place follows its question again."""
    review = open_review()
    nair = _proposal(review, "Priya Nair", kind=FactKind.NAME)
    decide_mention(review, nair.id, Outcome.REDACT, "", OFFICER)
    review = open_review()
    assert _state(review, nair) is MarkState.WITHHELD
    view = page_view(review, nair.span.document, nair.span.page)
    here = next(m.here for m in view.proposals if m.proposal.id == nair.id)
    others = [p for p in review.bundle.proposals if p.text == nair.text and p.id != nair.id]
    assert {_state(review, p) for p in others} == {MarkState.OPEN}
    seq = review.case.seq
    take_back(review, here, OFFICER)
    review = open_review()
    assert _state(review, nair) is MarkState.OPEN
    assert review.case.seq == seq + 1
    assert OFFICER.actor.login in review.case.deciders


def test_a_second_decision_on_a_place_replaces_the_first(open_review: Open) -> None:
    """The later one stands, the earlier one stays in the journal only."""
    review = open_review()
    nair = _proposal(review, "Priya Nair", kind=FactKind.NAME)
    for outcome in (Outcome.REDACT, Outcome.KEEP):
        decide_mention(open_review(), nair.id, outcome, "as agreed", OFFICER)
    review = open_review()
    assert _state(review, nair) is MarkState.SHOWN
    assert len(review.case.passages) == 1
    journal = review.work.office.store.read(review.work.ref)
    assert sum(1 for row in journal if row.event.kind == "passage_decided") == 2


def test_showing_what_the_law_holds_needs_a_reason(open_review: Open) -> None:
    """Without one nothing is written."""
    review = open_review()
    held = next(
        p
        for p in review.bundle.proposals
        if p.treatment == "hold" and p.decided_by == "cast" and p.kind is FactKind.NAME
    )
    with pytest.raises(InputError, match="reason"):
        decide_mention(review, held.id, Outcome.KEEP, " ", OFFICER)
    assert open_review().case.seq == review.case.seq


def test_protected_whereabouts_are_never_shown(open_review: Open) -> None:
    """Neither by their own mark nor by marking the words."""
    review = open_review()
    safe = _proposal(review, "Linden Mews", kind=FactKind.CONTACT)
    with pytest.raises(RefusedError, match="protected"):
        decide_mention(review, safe.id, Outcome.KEEP, "asked for", OFFICER)
    where = Marking(safe.span.document, safe.span.page, Outcome.KEEP, "asked for")
    with pytest.raises(RefusedError, match="protected"):
        mark_words(review, where, "Linden Mews", OFFICER)


def test_health_data_wait_for_their_opinion(open_review: Open) -> None:
    """No reviewer decides a health passage on its page."""
    review = open_review()
    locked = next(p for p in review.bundle.proposals if p.code == "HEALTH-LOCK")
    for outcome in Outcome:
        with pytest.raises(RefusedError, match="opinion"):
            decide_mention(review, locked.id, outcome, "a reason", OFFICER)


@pytest.mark.parametrize("who", [MANAGER, STAFF["dpo"], signed_in("x")])
def test_only_officers_mark_pages(open_review: Open, who: object) -> None:
    """Other roles answer their questions and mark nothing else."""
    review = open_review()
    document, page = _page_with(review, "Marnie")
    where = Marking(document, page, Outcome.REDACT)
    with pytest.raises(RefusedError, match="officer"):
        mark_words(review, where, "Marnie", who)  # pyright: ignore[reportArgumentType]


def test_a_managers_passage_is_not_an_officers(open_review: Open) -> None:
    """A passage that waits for a manager is decided by one, on its page as in its question."""
    review = open_review()
    theirs = next(
        p
        for p in review.bundle.proposals
        if p.decided_by == "social_work_manager" and p.code != "HEALTH-LOCK"
    )
    with pytest.raises(RefusedError, match="manager"):
        decide_mention(review, theirs.id, Outcome.REDACT, "", OFFICER)
    decide_mention(review, theirs.id, Outcome.REDACT, "", MANAGER)
    review = open_review()
    assert _state(review, theirs) is MarkState.WITHHELD
    mark = next(iter(review.case.passages))
    with pytest.raises(RefusedError, match="manager"):
        take_back(review, mark, OFFICER)


def test_words_are_marked_wherever_they_stand_on_the_page(open_review: Open) -> None:
    """Line ends between them do not matter; part of a longer word is not meant."""
    review = open_review()
    document, number = _page_with(review, "shelf where she keeps her")
    where = Marking(document, number, Outcome.REDACT)
    assert mark_words(review, where, "  where   she keeps\nher ", OFFICER) == 1
    review = open_review()
    assert [m.text for m in page_view(review, document, number).own] == ["where she keeps her"]
    with pytest.raises(InputError, match="do not stand"):
        mark_words(review, where, "helf wher", OFFICER)


def test_a_stretch_outside_the_page_is_refused(open_review: Open) -> None:
    """Offsets are checked against the page's own text."""
    review = open_review()
    document, number = _page_with(review, "Marnie")
    where = Marking(document, number, Outcome.REDACT)
    for start, end in ((-1, 4), (5, 5), (0, 10**6)):
        with pytest.raises(InputError):
            mark_text(review, where, start, end, OFFICER)


def test_a_drawn_box_is_black_in_the_preview(open_review: Open) -> None:
    """The preview shows the page as it would leave: the area is gone, the rest as before."""
    review = open_review()
    document, number = _page_with(review, "blue door")
    word = next(w for w in page_view(review, document, number).page.words if "bedroom" in w.text)
    held = _grey(page_picture(review, document, number))
    assert _inside(held, word.box).min() < 128 < np.median(_inside(held, word.box))
    draw_box(review, Marking(document, number, Outcome.REDACT, "test"), word.box, OFFICER)
    review = open_review()
    shown = preview_picture(review, document, number)
    assert shown is not None
    assert np.median(_inside(_grey(shown), word.box)) < 128


def test_a_box_over_everything_withholds_the_page(open_review: Open) -> None:
    """Such a page has no preview and no place in the pack; taking it back brings it back."""
    review = open_review()
    document, number = _page_with(review, "blue door")
    where = Marking(document, number, Outcome.REDACT)
    draw_box(review, where, Box(-5, -5, 5000, 5000), OFFICER)
    review = open_review()
    assert page_view(review, document, number).withheld
    assert preview_picture(review, document, number) is None
    take_back(review, next(iter(review.case.passages)), OFFICER)
    assert not page_view(open_review(), document, number).withheld


def test_a_slip_of_the_hand_is_no_box(open_review: Open) -> None:
    """Too small a box, or one off the page, is refused."""
    review = open_review()
    document, number = _page_with(review, "blue door")
    where = Marking(document, number, Outcome.REDACT)
    for box in (Box(10, 10, 11, 50), Box(9000, 10, 9100, 50)):
        with pytest.raises(InputError):
            draw_box(review, where, box, OFFICER)


def test_what_nobody_decided_is_covered_in_the_preview(open_review: Open) -> None:
    """Unknown means withheld, in the preview too."""
    review = open_review()
    nair = _proposal(review, "Priya Nair", kind=FactKind.NAME)
    document, number = nair.span.document, nair.span.page
    mark = next(
        m for m in page_view(review, document, number).proposals if m.proposal.id == nair.id
    )
    shown = preview_picture(review, document, number)
    assert shown is not None
    assert np.median(_inside(_grey(shown), mark.boxes[0])) < 128


def test_reading_a_page_answers_its_question(open_review: Open) -> None:
    """A picture waits for somebody to say who is in it; any other page may be marked read."""
    review = open_review()
    waiting = next(line for line in page_lines(review) if line.must_be_read)
    with pytest.raises(InputError, match="who is in the picture"):
        mark_page_read(review, waiting.document, waiting.number, OFFICER)
    _say(review, waiting, NOBODY_ELSE)
    view = page_view(open_review(), waiting.document, waiting.number)
    assert view.is_read
    assert view.question is not None
    assert view.question.answer is not None
    document, number = _page_with(review, "blue door")
    mark_page_read(open_review(), document, number, OFFICER)
    assert page_view(open_review(), document, number).is_read


def _say(review: Review, line: PageLine, value: str, *people: str) -> None:
    """Answer the question about a picture, or correct the answer."""
    name = f"page/{line.document}/{line.number}"
    correct = review.case.questions[name].answer is not None
    given = Given(name, value, {"people": people} if people else {}, correct=correct)
    answer(review.work.office, review.work.ref, given, OFFICER)


def _plan(review: Review, line: PageLine) -> PagePlan:
    return next(
        p for p in review.settled.plans if (p.document, p.page) == (line.document, line.number)
    )


def _decide_name(review: Review, ref: str, value: str) -> None:
    weighing = demo_rules()["cast"]["weighed"]["official"]
    details = {"factors": weighing, "reason": "Decided in a test."}
    given = Given(f"cast/{ref}/name", value, details)
    answer(review.work.office, review.work.ref, given, OFFICER)


def test_a_face_follows_the_decision_on_its_person(open_review: Open) -> None:
    """Somebody in a picture without a box keeps it back while their name is not shown; a box on
    their face is painted then and no longer once it is; somebody unlisted is never shown."""
    review = open_review()
    line = next(line for line in page_lines(review) if line.kind is PageKind.PHOTO)
    people = {p.display: str(p.ref) for p in review.bundle.people}
    worker, step = people["Priya Nair"], people["Darren Holloway"]
    for wrong in ((), ("P99",)):
        with pytest.raises(InputError, match="in the picture"):
            _say(review, line, SOMEBODY, *wrong)
    _say(review, line, SOMEBODY, worker, step)
    review = open_review()
    assert _plan(review, line).withheld
    asked = review.case.questions[f"cast/{step}/name"].body
    assert asked["pictured"] == [{"document": line.document, "page": line.number}]
    assert line.document in asked["documents"]
    where = Marking(line.document, line.number, Outcome.REDACT)
    faces = {worker: Box(10, 10, 60, 60), step: Box(80, 10, 130, 60)}
    with pytest.raises(InputError, match="reference"):
        draw_box(review, replace(where, person="P99"), Box(1, 1, 9, 9), OFFICER)
    for ref, box in faces.items():
        draw_box(open_review(), replace(where, person=ref), box, OFFICER)
    review = open_review()
    assert len(_plan(review, line).boxes) == 2, "nobody has decided yet"
    _decide_name(review, worker, "disclose")
    _decide_name(open_review(), step, "withhold")
    review = open_review()
    (left,) = _plan(review, line).boxes
    assert left.box == faces[step] and left.label == "[third party]"
    marks = page_view(review, line.document, line.number).own
    assert {m.who: m.withheld for m in marks} == {"Priya Nair": False, "Darren Holloway": True}
    shown = preview_picture(review, line.document, line.number)
    assert shown is not None
    assert np.median(_inside(_grey(shown), faces[step])) < 60
    _say(review, line, SOMEBODY, worker, step, "somebody else")
    assert _plan(open_review(), line).withheld
    draw_box(open_review(), where, Box(140, 10, 180, 60), OFFICER)
    assert len(_plan(open_review(), line).boxes) == 2


def test_a_reading_is_no_look_at_who_is_in_a_picture(open_review: Open) -> None:
    """While its question is open a picture counts as unread, whatever else was recorded."""
    review = open_review()
    line = next(line for line in page_lines(review) if line.kind is PageKind.PHOTO)
    read = PageRead(actor=OFFICER.actor, document=line.document, page=line.number)
    review.work.append(read, roles=OFFICER.roles)
    assert (line.document, line.number) in open_review().settled.unread


def test_two_reviewers_do_not_write_over_each_other(open_review: Open) -> None:
    """A mark made on a page that has moved on is refused, and nothing of it is written."""
    stale, fresh = open_review(), open_review()
    document, number = _page_with(fresh, "blue door")
    where = Marking(document, number, Outcome.REDACT)
    mark_words(fresh, where, "blue door", OFFICER)
    with pytest.raises(ConflictError):
        mark_words(stale, where, "bedroom", OFFICER)
    assert len(open_review().case.passages) == 1


def test_only_names_of_professionals_go_together(open_review: Open) -> None:
    """The bulk answer leaves everybody else and every other kind of fact alone."""
    review = open_review()
    cast = cast_of(review.case, review.bundle.people)
    people = {line.person.ref: line.person for line in cast}
    batch = professionals_as_proposed(cast)
    names = {people[g.question.split("/")[1]].display for g in batch}  # pyright: ignore[reportArgumentType]
    assert "Priya Nair" in names
    assert not names & {"Karen Holloway", "Darren Holloway", "Tilda Rose Holloway", "Edith Crane"}
    assert all(g.question.endswith("/name") and g.value == "disclose" for g in batch)


def test_the_request_is_read_once_and_kept(open_review: Open) -> None:
    """Its pages come back the same without another reading."""
    work = open_review().work
    first, second = request_document(work), request_document(work)
    assert first is not None
    assert first == second
    assert "everything that you hold" in first.pages[0].text


def _grey(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("L"))


def _inside(pixels: np.ndarray, box: Box) -> np.ndarray:
    scale = 110 / 72
    top, bottom, left, right = (
        round(v * scale) for v in (box.top, box.bottom, box.left, box.right)
    )
    return pixels[top:bottom, left:right]
