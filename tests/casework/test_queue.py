"""What is looked at once: the same sentence, and every string that nobody has explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casework.bundle import load_bundle
from casework.office import Office, Work
from casework.propose import propose
from casework.queue import capital_asks, decided_documents, queue_of
from casework.review import Shelf
from casework.review.remains import remains_of
from casework.topics import CAPITALS, DISCLOSE, PASSAGE
from redaction.document import Page, ReadDocument
from redaction.find import CapitalString, Finder, capitals
from rights.errors import ConfigError
from rights.release import Role
from tests.small_council import build
from tests.small_office import Small, open_small, receive_letter

ABUSE = "Marnie told Mrs Penrose that she was smacked at home."
AGAIN = f"Copied from the school record.\n\n{ABUSE}\n\nZebulon Quixwood was told in the corridor."
LATE = "The day after, Ottoline Farthingdale rang about the shells."


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """A file in which one sentence stands twice, up to the strings that are looked at."""
    council = tmp_path_factory.mktemp("council")
    truth = build(council)
    (council / "folders" / "social" / "copied.txt").write_text(AGAIN, encoding="utf-8")
    index = council / "folders" / "index.csv"
    row = '"social/copied.txt","70001","Copied","2012-08-01"\r\n'
    index.write_text(index.read_text(encoding="utf-8") + row, encoding="utf-8", newline="")
    office = open_small(tmp_path_factory.mktemp("home"), council)
    small = Small(office, receive_letter(office, truth), truth)
    small.until(CAPITALS)
    yield small
    office.store.close()


def working(small: Small, office: Office | None = None) -> Work:
    return Work(office or small.office, small.ref, None, small.office.case(small.ref))


def late(number: int) -> ReadDocument:
    return ReadDocument(f"late{number}", "text/plain", str(number), (Page(1, 0, 0, LATE, ()),))


def test_the_same_sentence_in_two_documents_is_asked_about_once(small: Small) -> None:
    """One question holds both places; the answer settles both."""
    asked = [
        (q, p)
        for q in small.waiting()
        if q.topic == PASSAGE
        for p in q.body["passages"]
        if "smacked" in p["text"]
    ]
    assert len(asked) == 1
    question, passage = asked[0]
    assert len(passage["copies"]) == 1
    assert len(question.body["documents"]) == 2


def test_strings_that_came_later_are_asked_about_and_the_others_not_again(small: Small) -> None:
    """An answered question stays answered; what is new is a question of its own."""
    work = working(small)
    bundle = load_bundle(work)
    question = small.question(CAPITALS)
    strings = [CapitalString(s["text"], s["count"], (), s["by"]) for s in question.body["strings"]]
    assert "Zebulon Quixwood" in {c.text for c in strings}
    assert [a.id for a in capital_asks(work.case, bundle.documents, strings)] == [CAPITALS]
    small.answer(CAPITALS)
    work = working(small)
    new = CapitalString("Farthingdale", 1, (), "")
    assert not list(capital_asks(work.case, bundle.documents, strings))
    (asked,) = capital_asks(work.case, bundle.documents, [*strings, new])
    assert asked.id == "capitals/2"
    assert [s["text"] for s in asked.body["strings"]] == ["Farthingdale"]
    before = {q.id for q in work.case.questions.values() if q.is_open}
    propose(work)
    assert {q.id for q in small.waiting()} <= before  # a re-run reopens nothing


def test_decided_documents_teach_what_to_look_at(small: Small, tmp_path: Path) -> None:
    """Documents with an open question teach nothing; the finder and its version are recorded."""
    work = working(small)
    open_still = decided_documents(work.case)
    small.answer("cast", "who", PASSAGE, "page")
    work = working(small)
    decided = decided_documents(work.case)
    assert open_still < decided
    bundle = load_bundle(work)
    documents = [*bundle.documents, late(1)]
    finder = Finder(bundle.people)
    findings = [f for d in documents for f in finder.find(d)]
    queue = queue_of(work, documents, findings, tmp_path)
    assert [tool.split()[0] for tool in queue.tools] == ["learned"]
    assert {c.text for c in capitals(documents, findings)} <= {c.text for c in queue.strings}
    assert queue == queue_of(work, documents, findings, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_finder_that_is_not_there_is_never_passed_over(small: Small, tmp_path: Path) -> None:
    """The council asked for it: without it nothing is proposed."""
    settings = small.office.settings.model_copy(update={"finders": {"nowhere": ""}})
    work = working(small, replace(small.office, settings=settings))
    with pytest.raises(ConfigError):
        queue_of(work, load_bundle(work).documents, (), tmp_path)


def test_what_remains_beside_a_covered_name_is_shown(small: Small) -> None:
    """Chains that still identify, with the places; documents that say the same, once each."""
    remains = remains_of(Shelf(small.office).open(small.ref))
    roles = {p.ref: p.role for p in load_bundle(working(small)).people}
    assert all(roles[line.person] is not Role.SUBJECT for line in remains.chains)
    assert all(line.clues for line in remains.chains)
    assert DISCLOSE not in {clue.what for line in remains.chains for clue in line.clues}
