"""Where no adapter can act a person is told exactly what to do; files in a folder are deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rights.errors import ConfigError, ConflictError, SourceError
from rights.sources import Mapping, load_mapping
from rights.sources.actions import (
    Annotate,
    Correct,
    Erase,
    Instruction,
    Lift,
    Order,
    Receipt,
    Restrict,
    SourceActions,
    Suppress,
)
from rights.sources.actions.load import make_actions
from tests.rights.sources.actions.place import NOW
from tests.rights.store.build import in_child

REPO = Path(__file__).parents[4]
ORDERS: list[Order] = [
    Erase(key="ERA-1/1", record="r", expected="d", find_by=(("NHS number", "943 476 5919"),)),
    Correct(key="REC-1/1", record="r", expected="d", values=(("surname", "Shah"),)),
    Annotate(key="REC-1/2", record="r", expected="d", text="I do not agree.", by="the person"),
    Restrict(key="RES-1/1", record="r", expected="d"),
    Lift(key="RES-1/2", record="r", expected="d", restriction="RES-1/1"),
    Suppress(key="OBJ-1/1", values=(("email", "amy@example.org"),)),
]


def source(kind: str, **actions: Any) -> Mapping:
    acts = {"by_hand": "Education data team", "system": "the school's own system", **actions}
    return Mapping.model_validate(
        {"name": "place", "title": "A place", "kind": kind, "location": "x", "actions": acts}
    )


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.act.value)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "xml", "json", "answers", "mailbox", "folder"])
def test_what_a_source_cannot_do_a_person_is_told_in_exact_words(
    tmp_path: Path, kind: str, order: Order
):
    """Role, system, reason, steps and proof are named; the key is to be written beside it."""
    actions = make_actions(source(kind), tmp_path)
    assert isinstance(actions, SourceActions)
    assert not actions.able(order)
    told = actions.carry_out(order, NOW)
    assert told == actions.rehearse(order, NOW)
    assert isinstance(told, Instruction)
    assert (told.to, told.system) == ("Education data team", "the school's own system")
    assert told.why.endswith(".") and told.proof.endswith(".")
    words = " ".join(told.steps)
    assert order.key in words
    for _, value in order.find_by:
        assert value in words
    if isinstance(order, Correct | Suppress):
        assert all(value in words for _, value in order.values)
    if isinstance(order, Annotate):
        assert order.text in words
    if isinstance(order, Lift):
        assert order.restriction in words


def test_an_extract_says_why_it_is_not_changed(tmp_path: Path):
    """Changing a copy alters nothing where the data live; the system behind it is named."""
    told = make_actions(source("csv"), tmp_path).carry_out(ORDERS[0], NOW)
    assert isinstance(told, Instruction)
    assert "next export would undo it" in told.why
    assert "the school's own system" in told.steps[0]


def test_what_a_person_does_is_never_proved_by_machine(tmp_path: Path):
    """A hand-run source cannot be read back; what is sent back is the proof."""
    actions = make_actions(source("xlsx"), tmp_path)
    assert not any(actions.prove(order) for order in ORDERS)
    with pytest.raises(SourceError, match=r"sources\.not_read_back"):
        actions.state("r")


def test_an_instruction_shows_no_personal_data_when_printed(tmp_path: Path):
    """Only its steps hold it, and they are not in the printed form."""
    told = [make_actions(source("csv"), tmp_path).carry_out(order, NOW) for order in ORDERS]
    for word in ("943", "Shah", "agree", "amy"):
        assert word not in repr(told)


def test_nobody_named_is_an_error_and_no_silence(tmp_path: Path):
    """A source whose mapping names nobody stops the order."""
    spec = source("csv").model_copy(update={"actions": None})
    with pytest.raises(ConfigError, match=r"sources\.nobody_to_act"):
        make_actions(spec, tmp_path).carry_out(ORDERS[0], NOW)


@pytest.mark.parametrize(
    "path", sorted((REPO / "council" / "sources").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_source_of_the_council_says_who_acts(tmp_path: Path, path: Path):
    """No source of the example council leaves an order without anybody to carry it out."""
    actions = make_actions(load_mapping(path), tmp_path)
    told = actions.carry_out(ORDERS[0], NOW)
    assert isinstance(told, Instruction) and told.to and told.system


# Folders


@pytest.fixture
def folder(tmp_path: Path) -> SourceActions:
    (tmp_path / "x" / "sub").mkdir(parents=True)
    (tmp_path / "x" / "sub" / "note.txt").write_text("about somebody")
    (tmp_path / "x" / "other.txt").write_text("about another")
    (tmp_path / "secret.txt").write_text("outside")
    return make_actions(source("folder", files=True), tmp_path)


def erase(actions: SourceActions, record: str = "sub/note.txt") -> Erase:
    return Erase(key="ERA-1/1", record=record, expected=actions.state(record).digest)


def test_a_file_is_deleted_once_and_the_others_stay(tmp_path: Path, folder: SourceActions):
    """The file is gone when read anew; a second order says that it was gone already."""
    order = erase(folder)
    told = folder.rehearse(order, NOW)
    assert isinstance(told, Receipt) and told.files == 1
    assert not folder.prove(order)
    first, again = folder.carry_out(order, NOW), folder.carry_out(order, NOW)
    assert isinstance(first, Receipt) and isinstance(again, Receipt)
    assert (first.files, first.repeated) == (1, False)
    assert (again.files, again.repeated) == (0, True)
    assert folder.prove(order)
    assert (tmp_path / "x" / "other.txt").exists()


def test_a_file_that_changed_since_the_decision_stays(tmp_path: Path, folder: SourceActions):
    """Somebody wrote in it: a person looks again."""
    order = erase(folder)
    (tmp_path / "x" / "sub" / "note.txt").write_text("more about somebody")
    with pytest.raises(ConflictError, match=r"sources\.record_changed"):
        folder.carry_out(order, NOW)
    assert (tmp_path / "x" / "sub" / "note.txt").exists()


@pytest.mark.parametrize("record", ["../secret.txt", "sub/../../secret.txt", "/etc/hostname", "."])
def test_nothing_outside_the_folder_is_read_or_deleted(
    tmp_path: Path, folder: SourceActions, record: str
):
    """A path that climbs out is refused, by reading and by deleting."""
    with pytest.raises(SourceError, match=r"sources\.file_outside"):
        folder.carry_out(Erase(key="E/1", record=record, expected=""), NOW)
    assert (tmp_path / "secret.txt").exists()


def test_a_folder_that_is_not_there_is_no_proof(tmp_path: Path, folder: SourceActions):
    """A share that is not mounted never looks like an erasure."""
    order = erase(folder)
    (tmp_path / "x").rename(tmp_path / "y")
    with pytest.raises(SourceError, match=r"sources\.unreachable"):
        folder.prove(order)


def test_killed_after_the_file_the_same_order_ends_the_same(folder: SourceActions):
    """The process dies right after deleting; given again the order says it is done."""
    order = erase(folder)
    assert in_child(lambda: folder.carry_out(order, NOW), "actions.file_removed") == "killed"
    again = folder.carry_out(order, NOW)
    assert isinstance(again, Receipt) and again.repeated
    assert folder.prove(order)


@pytest.mark.parametrize("order", ORDERS[1:], ids=lambda o: o.act.value)
def test_only_deleting_is_done_to_files(folder: SourceActions, order: Order):
    """Whatever else is asked of a file, a person does."""
    assert isinstance(folder.carry_out(order, NOW), Instruction)
    assert not folder.prove(order)


def test_without_leave_to_delete_files_a_person_is_told(tmp_path: Path, folder: SourceActions):
    """The mapping has to say that files may be deleted."""
    careful = make_actions(source("folder"), tmp_path)
    assert isinstance(careful.carry_out(erase(folder), NOW), Instruction)
    assert (tmp_path / "x" / "sub" / "note.txt").exists()
