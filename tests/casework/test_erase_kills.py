"""Killed at any step of carrying it out and run again, an erasure ends as if undisturbed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from casework.erasure.answer import NOW
from casework.erasure.words import ERASE, LATER
from casework.work import run_stage
from rights.road import Stage, where
from rights.sources.suppression import ERASED
from tests.casework.erasing import FILES, NOTES, Erasing, open_erasing
from tests.rights.store.build import in_child
from tests.small_council import SmallTruth, build
from tests.small_office import STAFF

POINTS = ("erase.copies-removed", "erase.certified")
"""What is different in an erasure that had to wait; the rest is killed in tests/walk."""


@dataclass(frozen=True)
class Ready:
    """A case that waited, is allowed now, and only has to be carried out."""

    folder: Path
    truth: SmallTruth
    ended: tuple[str, ...]

    def copy(self, to: Path) -> Erasing:
        """An office and systems of its own, as they were before."""
        shutil.copytree(self.folder, to)
        return self.open(to)

    def open(self, at: Path) -> Erasing:
        """The office there."""
        return open_erasing(at / "home", at / "council", self.truth)


def kinds(erasing: Erasing) -> tuple[str, ...]:
    return tuple(r.event.kind for r in erasing.small.office.store.read(erasing.small.ref))


def carry_out(erasing: Erasing) -> None:
    run_stage(erasing.small.office, erasing.small.ref, Stage.APPLY, "worker")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """Two notes and a file are to go; the reply has been sent, and the day has come."""
    folder = tmp_path_factory.mktemp("kills") / "ready"
    truth = build(folder / "council")
    erasing = open_erasing(folder / "home", folder / "council", truth)
    finish = erasing.weigh({NOTES: ERASE, FILES: ERASE})
    why = {"obstacle": "something else", "why_later": "A court has asked us to wait."}
    erasing.decide(finish, LATER, waits_until="2026-12-21", **why)
    erasing.carry_out()
    erasing.say(erasing.walk()[0], NOW)
    erasing.say(erasing.walk()[0], "do it", STAFF["officer2"])
    assert where(erasing.case).stage is Stage.APPLY
    erasing.small.office.store.close()
    done = Ready(folder, truth, ()).copy(folder.parent / "undisturbed")
    carry_out(done)
    ended = kinds(done)
    done.small.office.store.close()
    return Ready(folder, truth, ended)


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_it_is_carried_out(ready: Ready, point: str, tmp_path: Path) -> None:
    """Same events, the records gone once, our copies gone, one certificate."""
    at = tmp_path / "own"
    shutil.copytree(ready.folder, at)
    assert in_child(lambda: carry_out(ready.open(at)), point) == "killed"
    erasing = ready.open(at)
    carry_out(erasing)
    assert kinds(erasing) == ready.ended
    case, store = erasing.case, erasing.small.office.store
    assert erasing.notes() == set()
    assert not (erasing.council / "folders/social/assessment.docx").exists()
    assert all(a.done is not None and a.done.proved for a in case.actions.values())
    assert [name for name in case.letters if name.startswith("certificate/")] != []
    left = {d for d, c in case.documents.items() if not store.has_file(case.ref, c.file)}
    assert len(left) == 3
    assert not store.suppressed.any_of({f"{case.ref}/case_system"}, purpose=ERASED), (
        "the entry in the list of people stays, so an import may bring the person"
    )
    assert store.verify().passes
    store.close()
