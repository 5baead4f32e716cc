"""The demo by the command line with another seed, measured against what its council was made of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from casework.office import Office, open_office
from casework.settings import REPOSITORY, Settings
from demo.truth import ProtectedFact, Truth, load
from rights.events import Attested
from rights.release import CaseRef
from tests.casework.test_small_road import texts_of
from tests.demo_measure import Measure, measure, summary

pytestmark = pytest.mark.timeout(600)
SEED = 7


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where the demo put everything, and what it printed."""
    home = tmp_path_factory.mktemp("demo") / "home"
    command = [sys.executable, "-m", "cli.main", "demo", "--seed", str(SEED), "--home", str(home)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return home, done.stdout


@pytest.fixture(scope="module")
def office(shown: tuple[Path, str]) -> Office:
    """The office that the demo left."""
    home, _ = shown
    return open_office(Settings(home=home, systems=home / "council", council=home / "own"))


@pytest.fixture(scope="module")
def ref(office: Office) -> CaseRef:
    """The demo's case."""
    (only,) = office.store.cases()
    return only


@pytest.fixture(scope="module")
def truth(shown: tuple[Path, str]) -> Truth:
    """What is true of the generated council."""
    return load(shown[0] / "council")


@pytest.fixture(scope="module")
def measured(office: Office, ref: CaseRef, truth: Truth) -> Measure:
    """The case against the truth."""
    return measure(office, ref, truth)


def test_another_seed_ends_with_a_sent_pack(
    shown: tuple[Path, str], office: Office, ref: CaseRef
) -> None:
    """The same rules bring another family's file to a verified pack, and it says where it is."""
    home, said = shown
    case = office.case(ref)
    assert case.closed is not None and case.seal is not None
    assert list(case.dispatches.values()) == [True]
    assert (home / "pack" / f"{ref}-pack.pdf").exists()
    assert "How long each stage took" in " ".join(said.split()) and "3P" not in said
    assert "What was withheld, and why" in " ".join(said.split())


def test_no_gate_is_skipped(office: Office, ref: CaseRef) -> None:
    """Every question was answered at a desk session; who approved had decided nothing."""
    case = office.case(ref)
    for question in case.questions.values():
        assert question.withdrawn or question.answer is not None, question.id
        assert not question.answer or question.answer.attested == Attested.DESK.value
    assert case.seal is not None
    assert case.seal.approved_by and case.seal.approved_by not in case.deciders


def test_records_are_told_apart(measured: Measure) -> None:
    """No relative is in the match band, and none of the subject's records is missed."""
    assert measured.relatives_matched == 0, summary(measured)
    assert measured.own_records >= 2 and measured.own_missed == 0
    assert measured.review_records <= 5


def test_third_parties_are_proposed_and_professionals_are_not_black(measured: Measure) -> None:
    """At least 95 % of third-party mentions are proposed; no professional is black by name."""
    assert measured.passages_found >= 0.8 * measured.passages, summary(measured)
    assert measured.proposed >= 0.95, measured.examples["not proposed"][:10]
    assert measured.professionals_black == 0, measured.examples["black"][:10]


def test_nothing_withheld_can_be_read(measured: Measure) -> None:
    """No mention that a careful reviewer withholds is readable, unless it is the subject's too."""
    assert measured.leaks == 0, measured.examples["leak"]


def test_the_subjects_own_story_is_readable(measured: Measure) -> None:
    """At least nine of ten words about the subject alone can be read, and little is black."""
    assert measured.story_kept >= 0.9, measured.examples["story"][:20]
    assert measured.mean_black <= 0.05
    assert measured.openable_gone <= 0.15 * measured.openable, measured.examples["gone"][:20]


def test_protected_facts_are_nowhere(
    shown: tuple[Path, str], ref: CaseRef, truth: Truth, tmp_path: Path
) -> None:
    """By two readings neither the pack nor any letter holds a protected fact or a withheld name."""
    facts = [form for fact in truth.protected_facts for form in _forms(truth, fact)]
    numbers = [
        value
        for person in truth.people
        if person.key != truth.subject
        for kind, value in person.identifiers
        if kind in ("nhs", "nino", "upn")
    ]
    for file in (shown[0] / "pack").glob("*.pdf"):
        for reader, text in texts_of(file.read_bytes(), tmp_path).items():
            squeezed = "".join(text.split()).casefold()
            for string in (*facts, *numbers):
                assert "".join(string.split()).casefold() not in squeezed, (file.name, reader)


def _forms(truth: Truth, fact: ProtectedFact) -> list[str]:
    """How a fact would stand on a page; a surname may be an ordinary word, as in 'foster carer'."""
    name = truth.person(fact.person).names[0]
    if fact.text != name.surname:
        return [fact.text]
    return [f"{first} {name.surname}" for first in (name.title, name.forenames, name.forenames[0])]


def test_professionals_stay_named(
    shown: tuple[Path, str], ref: CaseRef, truth: Truth, tmp_path: Path
) -> None:
    """Those who acted in role are still named in the pack."""
    pack = (shown[0] / "pack" / f"{ref}-pack.pdf").read_bytes()
    text = texts_of(pack, tmp_path)["pdfium"]
    workers = [p for p in truth.professionals if p.role == "social_worker"]
    assert workers
    for person in workers:
        name = person.names[0]
        assert f"{name.forenames} {name.surname}" in text, person.key
